import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, customer } = useShop({ manager: 'manager', customer: 'customer' });

const GOODS: readonly (readonly [name: string, values?: Record<string, unknown>])[] = [
  ['Crème brûlée', { description: 'A dessert.' }],
  ['Ångström ruler'],
  ['Straßenkarte', { description: 'Jede Straße der Stadt.' }],
  ['Señorita hat', { brand: 'Żubrówka' }],
  ['Борщ украинский'],
  ['寿司セット'],
  ['特上寿司'],
  ['iPhone 15 Pro', { brand: 'Apple', model: 'A2848' }],
  ['Chai', { description: 'Black tea' }],
  ['Chai syrup'],
  ['Mouse, wireless'],
  ['Running shoes'],
  ['C++ Primer'],
  ['C Programming'],
  ['Copper kettle', { sku: 'KET-1200-B' }],
  ['Lid', { sku: 'KET-1300', description: 'Fits the kettle KET-1200-B.' }],
  ['Disney+ voucher'],
  ['Draft of a gramophone', { status: 'draft' }],
];

beforeAll(async () => {
  for (const [name, values] of GOODS) await makeProduct(shop, manager, { name, ...values });
});

async function found(q: string, query = '', token?: string): Promise<string[]> {
  const { status, body } = await shop.call('get', `/v1/products?limit=100&q=${encodeURIComponent(q)}${query}`, { token });
  expect([q, status]).toEqual([q, 200]);
  return body.data.map(({ name }: { name: string }) => name);
}

const others = (...without: string[]) =>
  GOODS.filter(([name, values]) => values?.status === undefined && !without.includes(name))
    .map(([name]) => name)
    .sort();

test.each([
  ['creme brulee', ['Crème brûlée']],
  ['CRÈME BRÛLÉE', ['Crème brûlée']],
  ['angstrom', ['Ångström ruler']],
  ['Strasse', ['Straßenkarte']],
  ['straße', ['Straßenkarte']],
  ['senorita', ['Señorita hat']],
  ['zubrowka', ['Señorita hat']],
  ['борща', ['Борщ украинский']],
  ['БОРЩ', ['Борщ украинский']],
  ['寿司', ['寿司セット', '特上寿司']],
  ['セット', ['寿司セット']],
  ['司寿', []],
  ['寿司 -特上', ['寿司セット']],
])('finds %j in any accent, case, ending or script: %j', async (q, names) => {
  expect((await found(q)).sort()).toEqual([...names].sort());
});

test.each([
  ['iphne', ['iPhone 15 Pro']],
  ['kettel', ['Copper kettle']],
  ['aple iphone', ['iPhone 15 Pro']],
  ['борш', ['Борщ украинский']],
  ['senoritta', ['Señorita hat']],
  ['zubrovka', ['Señorita hat']],
])('finds a word with a typo where no product has it as it is: %j', async (q, names) => {
  expect(await found(q)).toEqual(names);
});

test.each([
  ['chai -syrup', ['Chai']],
  ['chay -syrup', ['Chai']],
  ['chaii -syrup', ['Chai']],
  ['-syrup chai -tea', []],
  ['"shoes running"', []],
  ['"running shoes"', ['Running shoes']],
  ['shoes running', ['Running shoes']],
  ['c++', ['C++ Primer']],
  ['"c++ primer"', ['C++ Primer']],
  ['primer -c++', []],
  ['disney+', ['Disney+ voucher']],
  ['disney', ['Disney+ voucher']],
  ['chai or kettle', ['Chai', 'Chai syrup', 'Copper kettle', 'Lid']],
  ['nothing of the kind', []],
  ['the', []],
  ['"', []],
])('keeps to phrases, exclusions and signs: %j finds %j', async (q, names) => {
  expect((await found(q)).sort()).toEqual(names);
});

test('finds all but what a query of exclusions names, in the default order, with cursors', async () => {
  expect((await found('-mouse')).sort()).toEqual(others('Mouse, wireless'));
  expect(await found('-mouse')).toEqual(await found('-mouse', '&sort=-createdAt'));
  const { body } = await shop.call('get', '/v1/products?q=-mouse&limit=4');
  const rest = await found('-mouse', `&cursor=${body.pagination.nextCursor}`);
  expect([...body.data.map(({ name }: { name: string }) => name), ...rest].sort()).toEqual(others('Mouse, wireless'));
});

test('finds a product by its SKU, before others that mention it, or by the beginning', async () => {
  expect(await found('KET-1200-B')).toEqual(['Copper kettle', 'Lid']);
  expect(await found('ket-1200-b')).toEqual(['Copper kettle', 'Lid']);
  expect((await found('ket-1')).sort()).toEqual(['Copper kettle', 'Lid']);
  expect(await found('KET-13')).toEqual(['Lid']);
  expect(await found('A2848')).toEqual(['iPhone 15 Pro']);
  expect(await found("ket' | !x\\")).toEqual([]);
});

test('decides on typos by what the actor sees, whatever the filters', async () => {
  expect(await found('gramophone')).toEqual([]);
  expect(await found('gramophone', '', manager.token)).toEqual(['Draft of a gramophone']);
  expect(await found('gramofone', '', manager.token)).toEqual(['Draft of a gramophone']);
  expect(await found('chai', '&brand=Apple', customer.token)).toEqual([]);
  expect(await found('iphne', '&brand=Apple', customer.token)).toEqual(['iPhone 15 Pro']);
  expect(await found('iphne', '&brand=Nobody', customer.token)).toEqual([]);
});

test('counts and walks the matches of a typo', async () => {
  const { body } = await shop.call('get', '/v1/products?q=kettel&limit=1&total=exact&sort=name');
  expect(body).toMatchObject({ data: [{ name: 'Copper kettle' }], pagination: { total: 1, hasNext: false } });
});
