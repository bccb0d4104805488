import { entityTag, heldEtag, isNotModified } from '../../../src/http/output/conditional';

/** The tags that a header names, of those of a version or of a digested text. */
const TAGS = ['7', '8', '2147483647', '7.0a1b2c3d4e5f6071', '9.ffffffffffffffff'];

test.each<[header: string | undefined, held: string | null, named: readonly string[]]>([
  [undefined, null, []],
  ['', null, []],
  ['"7"', '7', ['7']],
  [' W/"7" ', '7', ['7']],
  ['"7", W/"8","9"', null, ['7', '8']],
  ['"abc", "7"', null, ['7']],
  ['"7.0a1b2c3d4e5f6071"', '7.0a1b2c3d4e5f6071', ['7.0a1b2c3d4e5f6071']],
  ['*', null, TAGS],
  [' * ', null, TAGS],
  ['"7", *', null, ['7']],
  ['"*"', null, []],
  ['""', null, []],
  ['7', null, []],
  ['"07"', '07', []],
  ['"-7"', null, []],
  ['"7.0"', '7.0', []],
  ['"٧"', null, []],
  ['w/"7"', null, []],
  ['W/W/"7"', null, []],
  ['W/ "7"', null, []],
  ['"2147483647"', '2147483647', ['2147483647']],
  ['"99999999999"', '99999999999', []],
  [`"${'9'.repeat(41)}"`, null, []],
])('reads If-None-Match: %s', (header, held, named) => {
  expect(heldEtag(header)).toBe(held);
  expect(TAGS.filter((tag) => isNotModified(header, `"${tag}"`))).toEqual(named);
});

test('omits the body exactly where the client’s ETag is the current one', () => {
  for (const [version, digest] of [
    [7, null],
    [7, '0a1b2c3d4e5f6071'],
  ] as const) {
    const tag = entityTag(version, digest);
    expect(heldEtag(tag)).toBe(tag.slice(1, -1));
    expect(isNotModified(tag, tag)).toBe(true);
  }
});
