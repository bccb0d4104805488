import { parseSearchQuery } from '../../../src/catalogue/products/search/search-query';

test.each([
  ['iphne', { whole: 'iphne', fixed: '', words: 'iphne', isExclusion: false, sku: 'iphne' }],
  ['chai -syrup', { whole: 'chai -syrup', fixed: '-syrup', words: 'chai', isExclusion: false, sku: null }],
  ['-mouse', { whole: '-mouse', fixed: '-mouse', words: '', isExclusion: true, sku: null }],
  ['-"red mouse" -cat', { whole: '-"red mouse" -cat', fixed: '-"red mouse" -cat', words: '', isExclusion: true, sku: null }],
  ['blue "running shoes"', { whole: 'blue "running shoes"', fixed: '"running shoes"', words: 'blue', isExclusion: false, sku: null }],
  ['"never closed', { whole: '"never closed"', fixed: '"never closed"', words: '', sku: null }],
  ['tea or coffee', { whole: 'tea or coffee', fixed: '', words: 'tea coffee', sku: 'tea or coffee' }],
  ['tea mug', { whole: 'tea mug', words: '' }],
  ['c++', { whole: '"c++"', fixed: '"c++"', words: '', sku: 'c++' }],
  ['-寿司 お茶', { whole: '-"寿司" "お茶"', fixed: '-"寿司" "お茶"', isExclusion: false }],
  [' NW-001 ', { whole: 'NW-001', words: '', sku: 'nw-001' }],
  ['"" "', { whole: '', fixed: '', words: '', isExclusion: false }],
  ['-', { whole: '-', isExclusion: false }],
])('reads the parts of the query %j', (q, parts) => {
  expect(parseSearchQuery(q)).toMatchObject(parts);
});
