import { isRequired } from '../columns';
import type { NewFile, ResourcePlan } from '../resource-plan';

/** Returns the tests of the resource, through HTTP. */
export function testFile(plan: ResourcePlan): NewFile {
  const { names, columns, isPublic } = plan;
  const { domain, plural, aWord } = names;
  const example = (at: 0 | 1) => JSON.stringify(Object.fromEntries(columns.map(({ name, type }) => [name, type.examples[at]])));
  const required = columns.filter(isRequired).map(({ name }) => name);
  const hasSlug = columns.some(({ isSlug }) => isSlug);
  const text = `import { useShop } from '../../support/use-shop';

const FIRST = ${example(0)};
const SECOND = ${example(1)};

const { shop, manager, customer } = useShop({ manager: 'manager', customer: 'customer' });
let id: string;

const at = (key: string) => \`/v1/${plural}/\${key}\`;
const make = (body: object) => shop.call('post', '/v1/${plural}', { token: manager.token, body });
const read = (path: string) => shop.call('get', path${isPublic ? '' : ', { token: manager.token }'});

beforeEach(async () => {
  const made = await make(FIRST);
  expect(made.status).toBe(201);
  id = made.body.id;
});
afterEach(async () => {
  expect((await shop.call('delete', \`\${at(id)}?force=true\`, { token: manager.token })).status).toBe(204);
});

test('shows ${aWord} by ${hasSlug ? 'id, by slug' : 'id'} and in the list', async () => {
  const one = await read(at(id));
  expect(one.body).toMatchObject({ ...FIRST, id, version: 1, deletedAt: null });
${hasSlug ? `  expect((await read(at('slug:first'))).body).toEqual(one.body);\n` : ''}  expect((await read('/v1/${plural}')).body.data).toEqual([one.body]);
});

test('changes ${aWord} of the current version, and refuses an old one with 412', async () => {
  const { etag = '' } = (await read(at(id))).headers;
  const edit = () => shop.call('patch', at(id), { token: manager.token, body: SECOND, headers: { 'If-Match': etag } });
  expect((await edit()).body).toMatchObject({ ...SECOND, version: 2 });
  expect((await edit()).status).toBe(412);
  const replaced = await shop.call('put', at(id), { token: manager.token, body: FIRST });
  expect(replaced.body).toMatchObject({ ...FIRST, version: 3 });
});

test('refuses an unknown field${required.length > 0 ? ' or a missing one' : ''}, and creates nothing', async () => {
  const refused = await make({ ...SECOND, unheardOf: 1 });
  expect(refused.body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ pointer: '/unheardOf' }] });
${required.map((name) => `  expect((await make({ ...SECOND, ${name}: undefined })).body).toMatchObject({ status: 422, errors: [{ pointer: '/${name}' }] });\n`).join('')}  expect((await read('/v1/${plural}')).body.data).toHaveLength(1);
});
${columns
  .filter(({ unique }) => unique)
  .map(({ name }) => takenTest(plan, name))
  .join('')}
test('lets customers ${isPublic ? 'only read' : 'do nothing'}, and leaves ${aWord} unchanged', async () => {
  const { token } = customer;
  expect((await shop.call('get', at(id), { token })).status).toBe(${isPublic ? 200 : 403});
  expect((await shop.call('post', '/v1/${plural}', { token, body: SECOND })).status).toBe(403);
  expect((await shop.call('patch', at(id), { token, body: SECOND })).status).toBe(403);
  expect((await shop.call('delete', at(id), { token })).status).toBe(403);
  expect((await read(at(id))).body).toMatchObject({ ...FIRST, version: 1 });
});

test('deletes ${aWord} softly, restores it, and records who did so', async () => {
  expect((await shop.call('delete', at(id), { token: manager.token })).status).toBe(204);
  expect((await read(at(id))).status).toBe(404);
  expect((await read('/v1/${plural}')).body.data).toEqual([]);
  const restored = await shop.call('post', \`\${at(id)}/restore\`, { token: manager.token });
  expect(restored.body).toMatchObject({ ...FIRST, deletedAt: null });
  const log = await shop.query('SELECT table_name, action, actor_id FROM audit_logs WHERE record_id = $1::uuid ORDER BY occurred_at', [id]);
  const entry = { table_name: '${names.table}', actor_id: manager.id };
  expect(log).toEqual(['CREATE', 'DELETE', 'RESTORE'].map((action) => ({ ...entry, action })));
});
`;
  return { path: `tests/${domain}/${plural}/${plural}.test.ts`, text };
}

function takenTest({ names: { plural } }: ResourcePlan, name: string): string {
  return `
test('refuses a taken ${name}, until its owner is deleted', async () => {
  const twin = { ...SECOND, ${name}: FIRST.${name} };
  expect((await make(twin)).body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/${name}' }] });
  expect((await read('/v1/${plural}')).body.data).toHaveLength(1);
  await shop.call('delete', at(id), { token: manager.token });
  const made = await make(twin);
  expect(made.status).toBe(201);
  await shop.call('delete', \`\${at(made.body.id)}?force=true\`, { token: manager.token });
});
`;
}
