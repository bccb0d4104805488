import { Client } from 'pg';
import { writeResource } from '../../../scripts/new-resource/write-resource';
import { permissionId, roleId } from '../../../seeders/reference/role-ids';
import { dumpSchema } from '../../database/schema/support/dump';
import { createTestDatabase, type TestDatabase } from '../../support/database';
import { ProjectCopy } from './support/project-copy';

const EVERY_TYPE = [
  ...['name:string(80)', 'slug:slug!', 'code:string(3)!', 'motto:string?', 'summary:text', 'story:text(500)?'],
  ...['price:money', 'listPrice:money?', 'rank:integer!', 'founded:integer?', 'isActive:boolean', 'hasLogo:boolean?'],
  ...['startsOn:date', 'endsOn:date?', 'opensAt:timestamp!?', 'closesAt:timestamp', 'attributes:json', 'extras:json?'],
  ...['status:enum(draft,active,gone)', 'mood:enum(good,bad)?'],
];

let copy: ProjectCopy;
let told: string;
let withRelics: ReadonlyMap<string, string>;

jest.setTimeout(300_000);

beforeAll(async () => {
  copy = new ProjectCopy();
  const before = copy.files();
  const generator = ['--require', 'tsx/cjs', 'scripts/new-resource/new-resource.ts'];
  const plain = await copy.run([...generator, 'catalogue/relics']);
  withRelics = copy.files();
  const rich = await copy.run([...generator, 'sales/relic-lists', ...EVERY_TYPE]);
  told = plain.output + rich.output;
  expect([plain.code, rich.code, told]).toEqual([0, 0, told]);
  expect(copy.files().size).toBe(before.size + 14);
});
afterAll(() => copy.remove());

test('lists the files that it wrote and changed', () => {
  const paths = [...told.matchAll(/^ {2}(wrote|changed) +(.+)$/gm)].map(([, verb, path]) => `${verb} ${path?.replace(/\d{14}/, '')}`);
  expect(paths.slice(0, 14)).toEqual([
    'wrote src/catalogue/relics/relic.model.ts',
    'wrote src/catalogue/relics/relic.schemas.ts',
    'wrote src/catalogue/relics/relic.resource.ts',
    'wrote src/catalogue/relics/relic.service.ts',
    'wrote src/catalogue/relics/relic.routes.ts',
    'wrote migrations/-create-relics.ts',
    'wrote tests/catalogue/relics/relics.test.ts',
    'changed src/catalogue/models.ts',
    'changed src/catalogue/routes.ts',
    'changed src/catalogue/event-sources.ts',
    'changed src/accounts/roles/built-in-roles.ts',
    'changed tests/http/permission-table.ts',
    'changed tests/dry-run/support/every-write.ts',
    'changed README.md',
  ]);
});

test('docs/new-resource.md shows the same files and lines', () => {
  const written = new Map(
    [...withRelics].map(([path, text]) => [asBrands(path).replace(/\d{14}(?=-create-brands)/, 'YYYYMMDDHHMMSS'), asBrands(text)]),
  );
  const blocks = [...copy.read('docs/new-resource.md').matchAll(/^`([^`\n]+)`\n\n```(ts|diff)\n(.*?\n)```$/gms)];
  expect(blocks).toHaveLength(12);
  for (const [, path = '', language, shown = ''] of blocks) {
    const lines = language === 'ts' ? [shown] : shown.split(/^\+/m);
    for (const line of lines) expect([path, written.get(path)]).toEqual([path, expect.stringContaining(line)]);
  }
});

/* The page writes brands, which the project may contain one day. */
function asBrands(text: string): string {
  return text
    .replaceAll(permissionId('manager', 'relics:*'), permissionId('manager', 'brands:*'))
    .replaceAll('relic', 'brand')
    .replaceAll('Relic', 'Brand');
}

test('writes code that passes the linter and the type check', async () => {
  const lint = await copy.runTool('@biomejs/biome/bin/biome', ['ci', '.']);
  const types = await copy.runTool('typescript/bin/tsc', ['--noEmit']);
  expect([lint.code, types.code, lint.output + types.output]).toEqual([0, 0, expect.anything()]);
});

/* Of the tests that go through all endpoints only those of the relics: the tests themselves cover the others. */
const TRIED = 'relic|^(?!.*(refuses exactly the roles|when tried, leaves no trace))';

test('writes code that passes its own tests, the rules of schema and architecture, and the permission table', async () => {
  const files = [
    'catalogue/relics',
    'sales/relic-lists',
    'database/schema/rules',
    'architecture',
    'http/permissions',
    'dry-run/every-write',
  ].map((name) => `tests/${name}`);
  const settings = { TEST_DATABASE_URL: process.env.TEST_DATABASE_URL ?? '', TEST_RUN: `generator_${process.pid}` };
  const { code, output } = await copy.runTool('jest/bin/jest.js', ['--ci', '--testNamePattern', TRIED, ...files], settings);
  expect([code, output]).toEqual([0, expect.stringContaining('PASS tests/catalogue/relics/relics.test.ts')]);
});

describe('in an existing shop', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const command = (name: string) =>
    copy.run(['--require', 'tsx/cjs', 'src/startup/commands/database-command.ts', name], { DATABASE_URL: database.url });
  const grants = async () =>
    (await client.query(`SELECT id, role_id, action FROM permissions WHERE resource IN ('relics', 'relic-lists') ORDER BY resource DESC`))
      .rows;

  test('its migrations add the tables and the manager’s permissions, and remove both when undone', async () => {
    const before = await dumpSchema(database.url);
    expect(await command('migrate')).toMatchObject({ code: 0 });
    const given = (['relics:*', 'relic-lists:*'] as const).map((grant) => permissionId('manager', grant));
    expect(await grants()).toEqual(given.map((id) => ({ id, role_id: roleId('manager'), action: '*' })));
    expect(await command('migrate:undo')).toMatchObject({ code: 0 });
    expect(await command('migrate:undo')).toMatchObject({ code: 0 });
    expect([await grants(), await dumpSchema(database.url)]).toEqual([[], before]);
  });
});

test.each([
  ['brands', [], '"brands" is no name of a resource'],
  ['catalogue/Brands', [], 'is no name of a resource'],
  ['catalogue/../brands', [], 'is no name of a resource'],
  ['catalogue/curios2', [], 'is no name of a resource'],
  ['catalogue/curio', [], 'A resource is named in the plural: catalogue/curios.'],
  ['catalogue/curios-of-everything-that-is-sold', [], 'is too long'],
  ['catalogue/references', [], '"references" is a reserved word of SQL'],
  ['catalogue/dates', [], 'would hide the class Date'],
  ['warehouse/curios', [], 'There is no domain "warehouse" with resources; there are accounts, catalogue'],
  ['catalogue/relics', [], 'There is src/catalogue/relics already.'],
  ['catalogue/tags', [], 'There is src/catalogue/tags already.'],
  ['catalogue/models', [], 'There is src/catalogue/models.ts already.'],
  ['catalogue/orders', [], "src/sales/orders/order.model.ts has tableName: 'orders'"],
  ['catalogue/curios', ['name'], '"name" is no column'],
  ['catalogue/curios', ['Name:string'], 'A column\'s name is camelCase, letters and digits, 25 at most, not "Name".'],
  ['catalogue/curios', ['name:varchar'], 'There is no type "varchar"; there are string, text, slug'],
  ['catalogue/curios', ['name:constructor'], 'There is no type "constructor"'],
  ['catalogue/curios', ['name:string(501)'], 'A length is a whole number from 1 to 500, not "501".'],
  ['catalogue/curios', ['price:money(2)'], 'Of the types only string, text and enum take something in brackets, not "(2)".'],
  ['catalogue/curios', ['status:enum(draft)'], 'An enum needs two or more values'],
  ['catalogue/curios', ['isActive:boolean!'], 'A column of the type boolean cannot be unique.'],
  ['catalogue/curios', ['slug:slug!'], 'A slug is made from the name'],
  ['catalogue/curios', ['name:string', 'code:slug!'], 'A slug is a column named "slug"'],
  ['catalogue/curios', ['name:string', 'name:text'], 'There are two columns "name".'],
  ['catalogue/curios', ['createdAt:timestamp'], 'A column cannot be named "createdAt": every resource has it already.'],
  ['catalogue/curios', ['total:money'], 'A column cannot be named "total": it is a word of the list grammar.'],
  ['catalogue/curios', ['save:boolean'], 'A column cannot be named "save": every Sequelize model has a member of that name.'],
  ['catalogue/curios', ['order:integer'], 'A column cannot be named "order": it is a reserved word of SQL.'],
])('refuses %s %j, and writes nothing', (place, columns, message) => {
  const before = copy.files();
  expect(() => writeResource(copy.root, place, columns)).toThrow(message);
  expect(copy.files()).toEqual(before);
});
