import { QueryCache } from '../../../src/http/input/query-cache';

/** Reads a query twice, and returns how often it was parsed. */
function parsings(query: string, parsed: Record<string, unknown> | null): number {
  const cache = new QueryCache();
  const parse = jest.fn(() => parsed);
  expect(cache.get(`/v1/tags${query}`, parse)).toEqual(parsed);
  expect(cache.get(`/v1/products${query}`, parse)).toEqual(parsed);
  return parse.mock.calls.length;
}

test('parses a valid query once, whatever path stands before it', () => expect(parsings('?limit=5', { limit: 5 })).toBe(1));

test('parses invalid and long queries each time', () => {
  expect(parsings('?limit=x', null)).toBe(2);
  expect(parsings(`?q=${'x'.repeat(500)}`, { q: 'x' })).toBe(2);
});

test('does not mix up two queries', () => {
  const cache = new QueryCache();
  expect(cache.get('/v1/tags?limit=5', () => ({ limit: 5 }))).toEqual({ limit: 5 });
  expect(cache.get('/v1/tags?limit=6', () => ({ limit: 6 }))).toEqual({ limit: 6 });
  expect(cache.get('/v1/tags', () => ({}))).toEqual({});
});
