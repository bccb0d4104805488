import { foldedWord, oneEditFrom } from '../../../src/catalogue/products/search/query/one-edit';
import { parseSearchQuery } from '../../../src/catalogue/products/search/query/search-query';

const only = (words: string, lastWord = '') => [{ words, lastWord, characters: [] }];

test.each([
  ['iphne', { alternatives: only('', 'iphne'), words: ['iphne'], isExclusion: false, sku: 'iphne', gtin: null }],
  ['black te', { alternatives: only('black', 'te'), words: ['black', 'te'] }],
  ['chai -syrup', { alternatives: only('chai -"syrup"'), fixed: only('-"syrup"')[0], words: ['chai'], isExclusion: false, sku: null }],
  ['-mouse', { alternatives: only('-"mouse"'), words: [], isExclusion: true, sku: null }],
  ['-"red mouse" -cat', { alternatives: only('-"red mouse" -"cat"'), words: [], isExclusion: true, sku: null }],
  ['"running shoes" blu', { alternatives: only('"running shoes"', 'blu'), fixed: only('"running shoes"')[0], words: ['blu'] }],
  ['"never closed', { alternatives: only('"never closed"'), words: [], sku: null }],
  ['tea or coffee', { alternatives: [...only('tea'), ...only('', 'coffee')], words: ['tea', 'coffee'], sku: 'tea or coffee' }],
  ['or', { alternatives: only('', 'or') }],
  ['c++', { alternatives: only('"c++"'), words: [], sku: 'c++' }],
  ['at&t phone', { alternatives: only('"at&t"', 'phone'), words: ['phone'] }],
  ['-寿司屋 お茶', { alternatives: only('-"寿司 司屋" "お茶"'), isExclusion: false }],
  ['茶', { alternatives: [{ words: '', lastWord: '', characters: [{ text: '茶', isExcluded: false }] }] }],
  ['ｾｯﾄ', { alternatives: only('"セッ ット"') }],
  ['"特上 寿司"', { alternatives: only('"特上" "寿司"') }],
  [' NW-001 ', { alternatives: only('', 'NW-001'), sku: 'nw-001' }],
  ['4006381333931', { gtin: '04006381333931' }],
  ['40 06381-333931', { gtin: '04006381333931' }],
  ['4006381333932', { gtin: null }],
  ['"" "', { alternatives: [], isExclusion: false }],
  ['-', { isExclusion: false }],
])('reads the parts of the query %j', (q, parts) => {
  expect(parseSearchQuery(q)).toMatchObject(parts);
});

test('knows the words that are one edit away, in three alphabets', () => {
  expect(oneEditFrom('tae')?.swapped).toEqual(['ate', 'tea']);
  expect(oneEditFrom('chia')?.all).toEqual(expect.arrayContaining(['chia', 'chai', 'cha', 'china', 'chip']));
  expect(oneEditFrom('борш')?.all).toContain('борщ');
  expect(oneEditFrom('καφε')?.all).toContain('καφες');
  expect([oneEditFrom('ab'), oneEditFrom('寿司屋'), oneEditFrom('a-b-c'), oneEditFrom('x'.repeat(13))]).toEqual([null, null, null, null]);
  expect(['Crème', 'Ёлка', 'й', 'Straße'].map(foldedWord)).toEqual(['creme', 'елка', 'й', 'strasse']);
});
