import fc from 'fast-check';
import { slugOf } from '../../../src/resource/write/slug/slug-of';

test.each([
  ['Crème brûlée & co.', 'creme-brulee-co'],
  ['Łopata', 'lopata'],
  ['Đồng hồ', 'dong-ho'],
  ['Ægir œuf', 'aegir-oeuf'],
  ['Straße', 'strasse'],
  ['日本語', 'ri-ben-yu'],
  ['ほうじ茶', 'houji-cha'],
  ['Суп борщ', 'sup-borshch'],
  ['김치찌개', 'gimchijjigae'],
  ['Ελληνικά', 'ellinika'],
  ['Żubrówka', 'zubrowka'],
  ['Smørrebrød', 'smorrebrod'],
  ['ＡＢＣ １２３', 'abc-123'],
  ['  --Tea—time--  ', 'tea-time'],
  ['¡¿ … ?!', 'tag'],
  ['', 'tag'],
])('makes a slug of %j: %s', async (name, slug) => {
  expect(await slugOf(name, 120, 'tag')).toBe(slug);
});

test('cuts a long name after a whole word, and a long word at the limit', async () => {
  expect(await slugOf('ß'.repeat(120), 140, 'tag')).toBe('s'.repeat(140));
  expect(await slugOf('Copper kettle for tea', 15, 'tag')).toBe('copper-kettle');
  expect(await slugOf('Copper kettle', 6, 'tag')).toBe('copper');
  expect(await slugOf('Tea pneumonoultramicroscopic', 12, 'tag')).toBe('tea-pneumono');
});

test('makes a slug that the column takes of any name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (name) => {
      expect(await slugOf(name, 40, 'tag')).toMatch(/^(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
  );
});
