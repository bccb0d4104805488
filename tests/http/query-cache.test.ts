import { QueryCache } from '../../src/http/input/query-cache';

/** Asks for a text twice, and answers how often it was parsed. */
function parsings(query: string, parsed: Record<string, unknown> | null): number {
  const cache = new QueryCache();
  const parse = jest.fn(() => parsed);
  expect(cache.get(`/v1/tags${query}`, parse)).toEqual(parsed);
  expect(cache.get(`/v1/products${query}`, parse)).toEqual(parsed);
  return parse.mock.calls.length;
}

test('remembers a good query, whatever stands before it', () => expect(parsings('?limit=5', { limit: 5 })).toBe(1));

test('remembers none with faults, and no long one', () => {
  expect(parsings('?limit=x', null)).toBe(2);
  expect(parsings(`?q=${'x'.repeat(500)}`, { q: 'x' })).toBe(2);
});

test('keeps two queries apart', () => {
  const cache = new QueryCache();
  expect(cache.get('/v1/tags?limit=5', () => ({ limit: 5 }))).toEqual({ limit: 5 });
  expect(cache.get('/v1/tags?limit=6', () => ({ limit: 6 }))).toEqual({ limit: 6 });
  expect(cache.get('/v1/tags', () => ({}))).toEqual({});
});

describe('a walk', () => {
  const ask = (cache: QueryCache, query: string, parsed: Record<string, unknown> | null) => {
    const parse = jest.fn(() => parsed);
    return { answer: cache.get(`/v1/tags?${query}`, parse), isParsed: parse.mock.calls.length === 1 };
  };
  const walking = () => {
    const cache = new QueryCache();
    expect(ask(cache, 'limit=5&cursor=one&sort=name', { limit: 5, cursor: 'one', sort: 'name' }).isParsed).toBe(true);
    return cache;
  };

  test('has its question parsed once, and each its own cursor', () => {
    const cache = walking();
    const known = { limit: 5, cursor: 'two', sort: 'name' };
    expect(ask(cache, 'limit=5&cursor=two&sort=name', null)).toEqual({ answer: known, isParsed: false });
    expect(ask(cache, 'limit=5&cursor=one&sort=name', null).answer).toEqual({ ...known, cursor: 'one' });
  });

  test.each([
    ['none', 'limit=5&sort=name'],
    ['an empty one', 'limit=5&cursor=&sort=name'],
    ['two', 'limit=5&cursor=two&cursor=three&sort=name'],
    ['other letters', 'limit=5&cursor=t%2Bo&sort=name'],
    ['one too long', `limit=5&cursor=${'x'.repeat(4097)}&sort=name`],
    ['another place', 'cursor=two&limit=5&sort=name'],
    ['another name', 'limit=5&xcursor=two&sort=name'],
  ])('with %s is another question', (_what, query) => {
    expect(ask(walking(), query, null)).toEqual({ answer: null, isParsed: true });
  });
});
