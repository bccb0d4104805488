import { bodyBounds } from '../../../../src/http/input/json/body-bounds';
import { allRouters } from '../../../../src/routes';
import { jsonObject, list, object, optional, text } from '../../../../src/schema/schema';

const endpoints = allRouters({ draining: false }).flatMap(({ endpoints }) =>
  endpoints.flatMap(({ operationId, body, largeBody, example }) => (body && !largeBody ? [{ operationId, body, example }] : [])),
);

test.each(endpoints)('$operationId reads a bounded body, its example included', ({ body, example }) => {
  const { bytes, values } = bodyBounds(body, Number.POSITIVE_INFINITY);
  expect(bytes).toBeLessThanOrEqual(1_048_576);
  expect(values).toBeLessThanOrEqual(10_000);
  expect(bytes).toBeGreaterThan(4 * JSON.stringify(example ?? {}).length);
});

test('allows what the schema allows, written in the longest way', () => {
  const schema = object({ name: text(1, 5_000), notes: list(text(0, 100), 0, 50), more: optional(jsonObject(4_000)) });
  const longest = `{"name": "${'\\u00e9'.repeat(5_000)}", "notes": [${Array(50)
    .fill(`"${'\\u00e9'.repeat(100)}"`)
    .join(' , ')}]}`;
  expect(bodyBounds(schema, 1_000_000).bytes).toBeGreaterThan(longest.length + 4_000);
  expect(bodyBounds(schema, 20_000).bytes).toBe(20_000);
  expect(bodyBounds(object({ name: text(1, 5) }), 1_000_000)).toEqual({ bytes: 16_384, values: 1_000 });
});
