import { joinChoices, splitChoices } from '../../../src/schema/parameters/choices';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const BRANDS = ['Smith, Wesson', 'Acme', 'The "Best"', 'a,"b"', 'Ours'];

beforeAll(async () => {
  for (const brand of BRANDS) await makeProduct(shop, admin, { brand });
});

const list = (filter: string) => shop.call('get', `/v1/products?sort=brand&fields=brand&${filter}`);
const brandsOf = async (filter: string) => (await list(filter)).body.data.map(({ brand }: { brand: string }) => brand).sort();
const written = (choices: string) => `brand[in]=${encodeURIComponent(choices)}`;

test.each([
  ['"Smith, Wesson",Acme', ['Acme', 'Smith, Wesson']],
  ['Smith, Wesson', []],
  ['"Acme"', ['Acme']],
  ['"The ""Best"""', ['The "Best"']],
  ['"a,""b""",Ours', ['Ours', 'a,"b"']],
])('finds by brand[in]=%s', async (choices, brands) => {
  expect(await brandsOf(written(choices))).toEqual(brands);
});

test('leaves out by nin what in finds', async () => {
  expect(await brandsOf(`brand[nin]=${encodeURIComponent('"Smith, Wesson",Acme,"a,""b"""')}`)).toEqual(['Ours', 'The "Best"']);
});

test.each(['"Smith, Wesson', 'Smith", Wesson', '"Smith"Wesson', 'The "Best"', '"'])(
  'refuses the stray quote of brand[in]=%s',
  async (choices) => {
    const refused = await list(written(choices));
    expect(refused.body).toMatchObject({
      status: 400,
      code: 'invalid_parameters',
      errors: [{ pointer: 'brand[in]', code: 'wrong_format', message: expect.stringContaining('stray quote') }],
    });
  },
);

test.each([
  ['status[in]=active,sold', 'not_allowed'],
  ['brand[in]=Acme,,Ours', 'too_short'],
  ['price[in]=10,cheap', 'wrong_format'],
  [`brand[in]=${'a,'.repeat(100)}a`, 'too_many'],
])('names the rule that a value of %.30s breaks', async (filter, code) => {
  expect((await list(filter)).body).toMatchObject({ status: 400, errors: [{ pointer: filter.split('=')[0], code }] });
});

test('keeps the quotes in the links to other pages', async () => {
  const first = await list(`${written('"Smith, Wesson",Acme,"The ""Best"""')}&limit=1`);
  const next = /<([^>]+)>; rel="next"/.exec(String(first.headers.link))?.[1] ?? '';
  const second = await shop.call('get', next);
  expect([first.body.data, second.body.data]).toEqual([[{ brand: 'Acme' }], [{ brand: 'Smith, Wesson' }]]);
});

test('reads back what it writes, whatever the values', () => {
  for (const values of [BRANDS, [''], ['', ''], ['"'], [',', '""', 'a"b']]) expect(splitChoices(joinChoices(values))).toEqual(values);
});
