import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { documentText } from '../../scripts/write-openapi';
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
  expect(unbounded(JSON.parse(documentText()))).toEqual([]);
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
