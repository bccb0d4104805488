import { AXES, makeGroup as makeGroupIn, type Variant, variant } from '../../factories/groups';
import { recordStatements } from '../../support/query-recorder';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) =>
  shop.call(method, path, { token: manager.token, body });
const makeGroup = (products: object[] = [], values: object = {}) => makeGroupIn(shop, manager, products, values);
const groupOf = async (id: string) => (await call('get', `/v1/product-groups/${id}?include=products`)).body;
const counts = async () =>
  (await shop.query('SELECT (SELECT count(*)::int FROM product_groups) AS groups, (SELECT count(*)::int FROM products) AS products'))[0];

describe('a group with its products', () => {
  test('is created in one call, and names its products after itself and their options', async () => {
    const made = await makeGroup([variant('S', 'red'), variant('M', 'blue', { name: 'The blue one' })]);
    expect(made.products.map(({ name, optionValues }) => [name, optionValues])).toEqual([
      ['T-shirt – S / red', { Size: 'S', Colour: 'red' }],
      ['The blue one', { Size: 'M', Colour: 'blue' }],
    ]);
    expect(await groupOf(made.id)).toEqual(made);
    const one = await shop.call('get', `/v1/products/${made.products[0]?.id}?include=group`);
    expect(one.body).toMatchObject({ groupId: made.id, group: { id: made.id, slug: made.slug } });
  });

  test('is created in as many statements for 100 products as for 2', async () => {
    const sizes = Array.from({ length: 50 }, (_, n) => String(n));
    const options = [{ name: 'Size', values: sizes }, AXES[1]];
    const statements = async (of: readonly string[]) => {
      const sent = await recordStatements(() =>
        makeGroup(
          of.flatMap((size) => ['red', 'blue'].map((colour) => variant(size, colour))),
          { options },
        ),
      );
      return sent.filter((text) => !text.includes('user_roles')).length;
    };
    expect(await statements(sizes)).toBe(await statements(sizes.slice(0, 1)));
  });

  test('is refused with a pointer for each fault, and nothing is created', async () => {
    const before = await counts();
    const products = [
      variant('S', 'red'),
      variant('XL', 'red'),
      variant('S', 'red'),
      variant('M', undefined),
      { ...variant('M', 'red'), optionValues: { Size: 'M', Colour: 'red', Cut: 'slim' } },
      variant('L', 5),
    ];
    const refused = await call('post', '/v1/product-groups', { name: 'T-shirt', options: AXES, products });
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_body']);
    expect(refused.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)).toEqual([
      '/products/1/optionValues/Size not_allowed',
      '/products/2/optionValues taken',
      '/products/3/optionValues/Colour required',
      '/products/4/optionValues/Cut unknown_option',
      '/products/5/optionValues/Colour not_allowed',
    ]);
    const invalid = await call('post', '/v1/product-groups', {
      name: 'T-shirt',
      products: [{ price: '1', sku: 'X', groupId: refused.body.requestId }],
    });
    expect(invalid.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/products/0/groupId']);
    expect(await counts()).toEqual(before);
  });

  test.each([
    ['an axis twice', [AXES[0], AXES[0]], '/options/1 duplicate'],
    ['a value twice', [{ name: 'Size', values: ['S', 'M', 'S'] }], '/options/0/values/2 duplicate'],
    ['a value twice in another notation', [{ name: 'Size', values: ['é', 'e\u0301'] }], '/options/0/values/1 duplicate'],
    ['an axis without a value', [{ name: 'Size', values: [] }], '/options/0/values too_few'],
    ['six axes', ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, values: ['1'] })), '/options too_many'],
    ['an axis that no filter can name', [{ name: 'Size [EU]', values: ['S'] }], '/options/0/name wrong_format'],
    ['an axis that no product can have', [{ name: '__proto__', values: ['S'] }], '/options/0/name wrong_format'],
    ['151 values', [{ name: 'Size', values: Array.from({ length: 151 }, (_, n) => `${n}`) }], '/options/0/values too_many'],
  ])('is refused with %s', async (_what, options, fault) => {
    const before = await counts();
    const { status, body } = await call('post', '/v1/product-groups', { name: 'T-shirt', options });
    expect([status, body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)]).toEqual([
      422,
      [fault],
    ]);
    expect(await counts()).toEqual(before);
  });

  test('is refused with 501 products, and takes no product beyond 500', async () => {
    const values = Array.from({ length: 150 }, (_, n) => `${n}`);
    const options = ['a', 'b', 'c'].map((name) => ({ name, values }));
    const products = (count: number, from = 0) =>
      Array.from({ length: count }, (_, n) => ({
        sku: `MANY-${from + n}`,
        price: '1.00',
        optionValues: { a: `${(from + n) % 150}`, b: `${Math.floor((from + n) / 150)}`, c: '0' },
      }));
    const before = await counts();
    const refused = await call('post', '/v1/product-groups', { name: 'Many', options, products: products(501) });
    expect([refused.status, refused.body.errors[0]]).toMatchObject([422, { pointer: '/products', code: 'too_many' }]);
    expect(await counts()).toEqual(before);
    const full = await makeGroup(products(500), { options });
    const [one] = products(1, 500);
    const more = await call('post', '/v1/products', { ...one, name: 'One more', groupId: full.id });
    expect([more.status, more.body.errors[0]]).toMatchObject([422, { pointer: '/groupId', code: 'too_many' }]);
    await call('delete', `/v1/product-groups/${full.id}`);
  });
});

describe('a product', () => {
  test('joins a group, changes its options, moves to another group, and leaves it', async () => {
    const group = await makeGroup([variant('S', 'red')]);
    const cups = await makeGroup([], { name: 'Cup', options: [{ name: 'Colour', values: ['red'] }] });
    const { body: lone } = await call('post', '/v1/products', { name: 'Lone', sku: 'LONE-1', price: '5.00' });
    const patch = async (body: object) => {
      const { status, body: product } = await call('patch', `/v1/products/${lone.id}`, body);
      return [status, product.groupId, product.optionValues];
    };
    expect(await patch({ groupId: group.id, optionValues: { Size: 'M', Colour: 'red' } })).toEqual([
      200,
      group.id,
      { Size: 'M', Colour: 'red' },
    ]);
    expect(await patch({ optionValues: { Size: 'L' } })).toEqual([200, group.id, { Size: 'L', Colour: 'red' }]);
    expect(await patch({ groupId: cups.id })).toEqual([200, cups.id, { Colour: 'red' }]);
    expect(await patch({ groupId: null })).toEqual([200, null, {}]);
  });

  test.each([
    ['the options of another one', { optionValues: { Size: 'S' } }, 409, '/optionValues taken'],
    ['a value that the axis lacks', { optionValues: { Size: 'XL' } }, 422, '/optionValues/Size not_allowed'],
    ['an axis that the group lacks', { optionValues: { Cut: 'slim' } }, 422, '/optionValues/Cut unknown_option'],
    ['no value of an axis', { optionValues: { Size: null } }, 422, '/optionValues/Size required'],
    ['a group that does not exist', { groupId: '01890a5d-ac96-774b-bcce-b302099a8057' }, 422, '/groupId unknown_reference'],
    ['options without a group', { groupId: null, optionValues: { Size: 'L' } }, 422, '/optionValues without_group'],
  ])('is refused %s, and stays as it is', async (_what, patch, status, fault) => {
    const { products } = await makeGroup([variant('S', 'red'), variant('M', 'red')]);
    const path = `/v1/products/${products[1]?.id}`;
    const before = (await call('get', path)).body;
    const refused = await call('patch', path, patch);
    expect([
      refused.status,
      refused.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
    ]).toEqual([status, [fault]]);
    expect((await call('get', path)).body).toEqual(before);
  });

  test('is filtered by its group and options', async () => {
    const group = await makeGroup([variant('S', 'red'), variant('M', 'red'), variant('M', 'blue')]);
    const found = await shop.call('get', `/v1/products?groupId=${group.id}&optionValues.Size=M&optionValues.Colour[ne]=red`);
    expect(found.body.data.map(({ id }: Variant) => id)).toEqual([group.products[2]?.id]);
  });
});

describe('what a group offers', () => {
  test('is the price range and the stock of its active products, for everybody, in one statement', async () => {
    const { id, slug } = await makeGroup([
      variant('S', 'red', { price: '18.00', stockQuantity: 5 }),
      variant('M', 'red', { price: '24.50' }),
      variant('L', 'blue', { price: '1.00', stockQuantity: 5, status: 'draft' }),
    ]);
    const read = () => shop.call('get', `/v1/product-groups/slug:${slug}?include=products`);
    await read();
    const statements = await recordStatements(read);
    expect(statements).toHaveLength(1);
    const { body } = await read();
    expect(body.products).toHaveLength(2);
    expect(body.priceRange).toEqual({ min: '18.00', max: '24.50', currency: 'USD' });
    const values = (names: readonly string[], inStock: string) => names.map((value) => ({ value, inStock: value === inStock }));
    expect(body.availability).toEqual({
      inStock: true,
      products: 2,
      productsInStock: 1,
      options: [
        { name: 'Size', values: values(['S', 'M', 'L'], 'S') },
        { name: 'Colour', values: values(['red', 'blue'], 'red') },
      ],
    });
    const listed = (await shop.call('get', '/v1/product-groups?limit=1')).body.data[0];
    expect([listed.id, listed.priceRange]).toEqual([id, body.priceRange]);
  });

  test('changes the ETag of the group, though not its version', async () => {
    const { id, products } = await makeGroup([variant('S', 'red')]);
    const read = (etag = '') => shop.call('get', `/v1/product-groups/${id}`, { headers: { 'If-None-Match': etag } });
    const { etag } = (await read()).headers;
    expect((await read(etag)).status).toBe(304);
    await call('patch', `/v1/products/${products[0]?.id}`, { price: '20.00' });
    expect(await read(etag)).toMatchObject({ status: 200, body: { version: 1, priceRange: { min: '20.00' } } });
    const renamed = await shop.call('patch', `/v1/product-groups/${id}`, {
      token: manager.token,
      body: { name: 'Shirt' },
      headers: { 'If-Match': String(etag) },
    });
    expect(renamed.status).toBe(200);
  });

  test('is nothing for the public without an active product', async () => {
    const { id } = await makeGroup([variant('S', 'red', { status: 'draft' })]);
    expect((await shop.call('get', `/v1/product-groups/${id}`)).status).toBe(404);
    expect((await call('get', `/v1/product-groups/${id}`)).body).toMatchObject({
      priceRange: null,
      availability: { inStock: false, products: 0 },
    });
  });
});

test.each(['price', '-price', 'brand,-price', '-brand', 'name', '-createdAt'])(
  'lists one product per group by %s, the first of each, on every page',
  async (sort) => {
    const tag = `Grouped ${sort}`;
    for (const at of [1, 2, 3]) {
      const priced = (size: string, colour: string, price: string, brand?: string) =>
        variant(size, colour, { name: `${tag} ${size} ${at}`, price, brand: brand ?? null });
      await makeGroup([priced('S', 'red', `${at}.00`, 'A'), priced('M', 'red', `${10 - at}.00`), priced('L', 'red', `${at}.50`, 'B')]);
      await call('post', '/v1/products', { ...variant('S', 'red'), optionValues: {}, name: `${tag} alone ${at}`, price: `${at}.25` });
    }
    const query = (more: string) => `/v1/products?name[startswith]=${encodeURIComponent(tag)}&price[gte]=1.40&sort=${sort}${more}`;
    const { data: flat } = (await shop.call('get', query('&limit=100'))).body;
    const seen = new Set<string>();
    const expected = flat.filter(
      ({ groupId }: { groupId: string | null }) => groupId === null || (!seen.has(groupId) && seen.add(groupId)),
    );
    expect([flat.length, expected.length]).toEqual([10, 5]);
    const found: { id: string; groupId: string; group: { id: string; priceRange: object } | null }[] = [];
    let cursor = '';
    do {
      const { body } = await shop.call('get', query(`&grouped=true&limit=2&total=exact${cursor}`));
      expect(body.pagination.total).toBe(5);
      found.push(...body.data);
      cursor = body.pagination.nextCursor ? `&cursor=${body.pagination.nextCursor}` : '';
    } while (cursor);
    expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }: Variant) => id));
    expect(found.map(({ group }) => [group?.id ?? null, group === null || 'min' in group.priceRange])).toEqual(
      found.map(({ groupId }) => [groupId, true]),
    );
  },
);
