import { heldEtag, isNotModified, requireMatch, requireNoMatch, versionTag } from '../../../src/http/output/conditional';

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
  [`"${'9'.repeat(81)}"`, null, []],
])('reads If-None-Match: %s', (header, held, named) => {
  expect(heldEtag(header)).toBe(held);
  expect(TAGS.filter((tag) => isNotModified(header, `"${tag}"`))).toEqual(named);
});

const CHAI = { id: '01890a5d-ac96-774b-bcce-b302099a8057', createdAt: new Date('2026-01-31T12:00:00.123Z'), version: 7 };
const TAG = '01890a5dac96774bbcceb302099a8057.19c13ec9e7b.7';

test('names the id, the time of creation and the version of an object', () => {
  expect(versionTag(CHAI)).toBe(TAG);
  for (const other of [
    { ...CHAI, id: '01890a5d-ac96-774b-bcce-b302099a8058' },
    { ...CHAI, createdAt: new Date('2026-01-31T12:00:00.124Z') },
    { ...CHAI, version: 8 },
  ]) {
    expect(versionTag(other)).not.toBe(TAG);
    expect(() => requireMatch(`"${TAG}"`, other)).toThrow('precondition_failed');
    expect(() => requireNoMatch(`"${TAG}"`, other)).not.toThrow();
  }
});

test.each([undefined, '*', `"${TAG}"`, `"a", "${TAG}"`, `"${TAG}.0a1b2c3d4e5f6071"`, `W/"x", "${TAG}"`])(
  'lets a write through under If-Match: %s',
  (header) => expect(() => requireMatch(header, CHAI)).not.toThrow(),
);

test.each([
  [`"${TAG}0"`, 'is at version 7'],
  ['"7"', 'is at version 7'],
  ['', 'is at version 7'],
  [`W/"${TAG}"`, 'weak ETag'],
  [`"x", W/"${TAG}"`, 'weak ETag'],
])('refuses a write under If-Match: %s, and says why', (header, reason) => {
  expect(() => requireMatch(header, CHAI)).toThrow(reason);
});
