import { linkHeader, listUrl } from '../../../../src/resource/list/page/link-header';

const RELATIONS = { first: '', prev: 'cursor=p', next: 'cursor=n' };

test('links to other pages of the same list', () => {
  expect(linkHeader(listUrl('/v1/tags', { limit: 5, cursor: 'old' }), RELATIONS)).toBe(
    '</v1/tags?limit=5>; rel="first", </v1/tags?limit=5&cursor=p>; rel="prev", </v1/tags?limit=5&cursor=n>; rel="next"',
  );
});

test('encodes the query for a URL', () => {
  const query = { q: 'a&b=c d', 'price[gte]': 5, page: 2, sort: undefined };
  expect(linkHeader(listUrl('/v1/tags', query), { last: 'page=3', prev: null })).toBe(
    '</v1/tags?q=a%26b%3Dc+d&price%5Bgte%5D=5&page=3>; rel="last"',
  );
  expect(linkHeader('/v1/tags', { first: '', next: 'cursor=n' })).toBe('</v1/tags>; rel="first", </v1/tags?cursor=n>; rel="next"');
});

test('leaves relations out rather than exceed what clients accept', () => {
  const long = linkHeader(listUrl('/v1/tags', { q: 'x'.repeat(3_000) }), RELATIONS);
  expect(long.length).toBeLessThanOrEqual(8_000);
  expect(long).toMatch(/rel="first".*rel="prev"$/);
  expect(linkHeader(listUrl('/v1/tags', { q: 'x'.repeat(9_000) }), RELATIONS)).toBe('');
});
