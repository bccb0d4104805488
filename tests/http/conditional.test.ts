import { entityTag, isNotModified, knownVersions } from '../../src/http/output/conditional';

test.each<[header: string | undefined, known: readonly number[] | 'any' | null]>([
  [undefined, null],
  ['', null],
  ['"7"', [7]],
  [' W/"7" ', [7]],
  ['"7", W/"8","9"', [7, 8, 9]],
  ['"abc", "7"', [7]],
  ['"7.digest"', null],
  ['*', 'any'],
  [' * ', 'any'],
  ['"7", *', [7]],
  ['"*"', null],
  ['""', null],
  ['7', null],
  ['"07"', null],
  ['"-7"', null],
  ['"7.0"', null],
  ['"7e0"', null],
  ['"0x7"', null],
  ['"٧"', null],
  ['w/"7"', null],
  ['W/W/"7"', null],
  ['W/ "7"', null],
  ['"2147483647"', [2_147_483_647]],
  ['"2147483648"', null],
  ['"99999999999"', null],
  [`"${'9'.repeat(400)}"`, null],
])('If-None-Match: %s', (header, known) => {
  expect(knownVersions(header)).toEqual(known);
  for (const version of [1, 7, 8, 9, 2_147_483_647]) {
    const isKnown = known === 'any' || (known ?? []).includes(version);
    expect([version, isNotModified(header, entityTag(version))]).toEqual([version, isKnown]);
  }
});
