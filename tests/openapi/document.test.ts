import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { apiRouters } from '../../src/routes';
import { useShop } from '../support/use-shop';

const { shop } = useShop();

type Operation = { operationId: string; responses: Record<string, { content?: Record<string, { schema: object }> }> };

test('describes every endpoint once, under a unique operation id, with valid schemas', async () => {
  const { status, body } = await shop.call('get', '/openapi.json', { isUndocumented: true });
  expect(status).toBe(200);
  expect(body.openapi).toBe('3.1.0');
  const operations = Object.values(body.paths as Record<string, Record<string, Operation>>).flatMap((path) => Object.values(path));
  const declared = apiRouters.flatMap(({ endpoints }) => endpoints.map(({ operationId }) => operationId));
  expect(operations.map(({ operationId }) => operationId)).toEqual(expect.arrayContaining(declared));
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  const ajv = addFormats(new Ajv2020({ strict: false }));
  ajv.addSchema({ $id: 'doc', ...body }, 'doc');
  for (const { responses } of operations) {
    for (const { content = {} } of Object.values(responses)) {
      for (const { schema } of Object.values(content)) {
        const located = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"doc#/components/'));
        expect(() => ajv.compile(located)).not.toThrow();
      }
    }
  }
});

test('serves the docs without files of other hosts, and explains every problem', async () => {
  const page = await shop.call('get', '/docs', { isUndocumented: true });
  expect(page.status).toBe(200);
  expect(page.text).not.toMatch(/https?:\/\//);
  expect((await shop.call('get', '/docs/assets/swagger-ui-bundle.js', { isUndocumented: true })).status).toBe(200);
  const asset = (headers: Record<string, string>) => shop.call('get', '/docs/assets/swagger-ui.css', { headers, isUndocumented: true });
  expect((await asset({ Range: 'bytes=999999999-' })).status).toBe(200);
  expect((await asset({ 'If-Match': '"other"' })).body).toMatchObject({ status: 412, code: 'precondition_failed' });
  expect((await shop.call('get', '/docs/problems', { isUndocumented: true })).text).toContain('id="insufficient_stock"');
});
