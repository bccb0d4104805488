import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { documentText } from '../../scripts/write-openapi';
import { ABOUT } from '../../src/openapi/about';
import { openApiDocumentInTurns } from '../../src/openapi/document/document';
import { allRouters } from '../../src/routes';
import { unbounded } from './unbounded';

const KEPT = join(PROJECT_FOLDER, 'docs', 'openapi.json');

test('docs/openapi.json is up to date', () => {
  const isToday = readFileSync(KEPT, 'utf8') === documentText();
  expect([isToday, 'npm run openapi writes docs/openapi.json anew: commit it with the change, which reviewers see there']).toEqual([
    true,
    expect.anything(),
  ]);
});

test('bounds every string, integer and array', () => {
  expect(unbounded(JSON.parse(readFileSync(KEPT, 'utf8')))).toEqual([]);
});

test('says once what several operations have in common, and refers to it: no reference leads nowhere', () => {
  const { paths, components } = JSON.parse(readFileSync(KEPT, 'utf8'));
  const references = new Set(JSON.stringify({ paths, components }).match(/#\/components\/[\w./-]+/g));
  const named = Object.entries(components).flatMap(([kind, some]) =>
    Object.keys(some as object).map((name) => `#/components/${kind}/${name}`),
  );
  expect([...references].filter((reference) => !named.includes(reference))).toEqual([]);
  const operation = paths['/v1/products'].get;
  expect(operation.parameters).toContainEqual({ $ref: '#/components/parameters/limit' });
  expect(operation.parameters).toContainEqual({ $ref: '#/components/parameters/Products.status.in' });
  expect(components.parameters['Products.status.in']).toMatchObject({ name: 'status[in]', in: 'query', required: false });
  expect(components.parameters.limit.schema).toMatchObject({ minimum: 1, maximum: 100 });
});

test('is the same where it is made in turns, with a turn for others after each endpoint', async () => {
  const tables = allRouters({ draining: false });
  let turns = 0;
  let next = setImmediate(function count() {
    turns += 1;
    next = setImmediate(count);
  });
  const document = await openApiDocumentInTurns(ABOUT, tables);
  clearImmediate(next);
  expect(turns).toBeGreaterThanOrEqual(tables.flatMap(({ endpoints }) => endpoints).length - 1);
  expect(`${JSON.stringify(document, null, 2)}\n` === readFileSync(KEPT, 'utf8')).toBe(true);
});

test.each([
  [{ type: 'string', maxLength: 5 }],
  [{ type: 'string', pattern: '^a$' }],
  [{ type: ['string', 'null'] }],
  [{ type: 'integer', minimum: 0, maximum: 5 }],
  [{ type: 'integer', minimum: 0, format: 'int32' }],
  [{ type: 'array', items: { type: 'boolean' } }],
  [{ type: 'array', maxItems: 5 }],
])('reports %j as unbounded', (schema) => {
  expect(unbounded({ properties: { one: schema } })).toEqual(['/properties/one']);
});
