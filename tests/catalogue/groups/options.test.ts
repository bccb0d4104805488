import { AXES, makeGroup as makeGroupIn, type Variant, variant } from '../../factories/groups';
import { recordStatements } from '../../support/query-recorder';
import { useShop } from '../../support/use-shop';

const { shop, admin, manager, keeper } = useShop({ admin: 'admin', manager: 'manager', keeper: 'customer' });

const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: object) =>
  shop.call(method, path, { token: manager.token, body });
const makeGroup = (products: object[] = [], values: object = {}) => makeGroupIn(shop, manager, products, values);
const groupOf = async (id: string) => (await call('get', `/v1/product-groups/${id}?include=products`)).body;

describe('the options of a group', () => {
  const patch = (id: string, options: object[]) => call('patch', `/v1/product-groups/${id}`, { options });

  test('grow, change their order and lose what no product has', async () => {
    const { id } = await makeGroup([variant('S', 'red')]);
    const options = [
      { name: 'Colour', values: ['red', 'green'] },
      { name: 'Size', values: ['XS', 'S'] },
    ];
    expect(await patch(id, options)).toMatchObject({ status: 200, body: { options, version: 2 } });
  });

  test('keep what products have', async () => {
    const { id, products } = await makeGroup([variant('S', 'red')]);
    for (const options of [[AXES[0]], [{ name: 'Size', values: ['M'] }, AXES[1]], []]) {
      const refused = await patch(id, options as unknown as object[]);
      expect([refused.status, refused.body.code, refused.body.errors[0].pointer]).toEqual([409, 'option_in_use', '/options']);
    }
    expect(await groupOf(id)).toMatchObject({ options: AXES, version: 1, products: [{ id: products[0]?.id, version: 1 }] });
  });

  test('that are new give the products of the group, deleted ones as well, their first value', async () => {
    const { id, products } = await makeGroup([variant('S', 'red'), variant('M', 'red')]);
    await call('delete', `/v1/products/${products[1]?.id}`);
    const options = [...AXES, { name: 'Cut', values: ['regular', 'slim'] }];
    expect((await patch(id, options)).status).toBe(200);
    const restored = await call('post', `/v1/products/${products[1]?.id}/restore`);
    expect([restored.status, restored.body.optionValues]).toEqual([200, { Size: 'M', Colour: 'red', Cut: 'regular' }]);
    expect((await groupOf(id)).products[0].optionValues).toEqual({ Size: 'S', Colour: 'red', Cut: 'regular' });
  });

  test('come to a group of one product without any, and to a deleted one alone, so that it can be restored', async () => {
    const { id, products } = await makeGroup([{ sku: 'PLAIN', price: '1.00' }], { options: [] });
    const product = `/v1/products/${products[0]?.id}`;
    expect(await patch(id, [AXES[0]])).toMatchObject({ status: 200, body: { options: [AXES[0]] } });
    expect((await groupOf(id)).products[0].optionValues).toEqual({ Size: 'S' });
    await call('delete', product);
    expect((await patch(id, [...AXES])).status).toBe(200);
    expect(await call('post', `${product}/restore`)).toMatchObject({ status: 200, body: { optionValues: { Size: 'S', Colour: 'red' } } });
  });

  test('and their values get other names, in the products as well', async () => {
    const { id } = await makeGroup([variant('S', 'red'), variant('M', 'red')]);
    const rename = (body: object) => call('post', `/v1/product-groups/${id}/rename-option`, body);
    expect((await rename({ option: 'Size', value: 'M', to: 'Medium' })).body.options[0].values).toEqual(['S', 'Medium', 'L']);
    expect((await rename({ option: 'Colour', to: 'Color' })).body.options[1].name).toBe('Color');
    const { products } = await groupOf(id);
    expect(products.map(({ optionValues }: Variant) => optionValues)).toEqual([
      { Size: 'S', Color: 'red' },
      { Size: 'Medium', Color: 'red' },
    ]);
    for (const [body, pointer] of [
      [{ option: 'Size', value: 'S', to: 'Medium' }, '/to'],
      [{ option: 'Size', value: 'XS', to: 'S' }, '/value'],
      [{ option: 'Colour', to: 'Tint' }, '/option'],
      [{ option: 'Color', to: 'Size' }, '/to'],
      [{ option: 'Color', to: 'Color[in]' }, '/to'],
    ] as const) {
      expect(await rename(body)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
    }
    expect((await groupOf(id)).version).toBe(3);
  });
});

describe('a deleted group', () => {
  test('takes its products along, and its restoration brings back exactly those', async () => {
    const { id, products } = await makeGroup([variant('S', 'red'), variant('M', 'red'), variant('L', 'red')]);
    await call('delete', `/v1/products/${products[0]?.id}`);
    expect((await call('delete', `/v1/product-groups/${id}`)).status).toBe(204);
    expect((await call('get', `/v1/products?groupId=${id}`)).body.data).toEqual([]);
    expect(await call('post', `/v1/products/${products[1]?.id}/restore`)).toMatchObject({ status: 409, body: { code: 'parent_deleted' } });
    expect((await call('post', `/v1/product-groups/${id}/restore`)).status).toBe(200);
    expect((await groupOf(id)).products.map((each: Variant) => each.id)).toEqual([products[1]?.id, products[2]?.id]);
    expect((await call('post', `/v1/products/${products[0]?.id}/restore`)).status).toBe(200);
  });

  test('tells apart what was deleted by itself, at the same time or between two deletions', async () => {
    const { id, products } = await makeGroup([variant('S', 'red'), variant('M', 'red'), variant('L', 'red')]);
    const [first, second, third] = products.map((each) => each.id);
    await call('delete', `/v1/products/${first}`);
    await call('delete', `/v1/product-groups/${id}`);
    await shop.query('UPDATE products SET deleted_at = (SELECT deleted_at FROM product_groups WHERE id = $2::uuid) WHERE id = $1::uuid', [
      first,
      id,
    ]);
    await call('post', `/v1/product-groups/${id}/restore`);
    await call('delete', `/v1/products/${second}`);
    await call('delete', `/v1/product-groups/${id}`);
    await call('post', `/v1/product-groups/${id}/restore`);
    expect((await groupOf(id)).products.map((each: Variant) => each.id)).toEqual([third]);
    expect(await shop.query('SELECT count(*)::int AS count FROM products WHERE deleted_with IS NOT NULL')).toEqual([{ count: 0 }]);
  });

  test('of many in one bulk takes and brings back its own products, in as many statements as one', async () => {
    const groups = [];
    for (let n = 0; n < 3; n++) groups.push(await makeGroup([variant('S', 'red'), variant('M', 'red')]));
    const statementsOf = async (op: string, some: readonly { id: string }[]) => {
      const operations = some.map(({ id }) => ({ op, id }));
      let body: { results: { status: number; problem?: object }[] } = { results: [] };
      const sent = await recordStatements(async () => {
        ({ body } = await call('post', '/v1/product-groups/bulk', { atomic: false, operations }));
      });
      return { body, count: sent.filter((text) => !text.includes('user_roles')).length };
    };
    const alone = await statementsOf('delete', groups.slice(0, 1));
    expect((await statementsOf('delete', groups.slice(1))).count).toBe(alone.count);
    await call('post', '/v1/products', { name: 'Other', sku: groups[1]?.products[1]?.sku, price: '1.00' });
    const restored = await statementsOf('restore', groups);
    expect(restored.body.results.map(({ status }) => status)).toEqual([200, 409, 200]);
    expect(restored.body.results[1]?.problem).toMatchObject({
      code: 'value_taken',
      detail: expect.stringContaining(groups[1]?.products[1]?.id ?? ''),
    });
    const live = await shop.query<{ group_id: string }>(
      'SELECT group_id FROM products WHERE group_id = ANY ($1::uuid[]) AND deleted_at IS NULL ORDER BY 1',
      [groups.map(({ id }) => id)],
    );
    expect(live.map(({ group_id }) => group_id)).toEqual([groups[0]?.id, groups[0]?.id, groups[2]?.id, groups[2]?.id].sort());
  });

  test('stays deleted, with all its products, where the SKU of one is taken', async () => {
    const { id, products } = await makeGroup([variant('S', 'red'), variant('M', 'red')]);
    await call('delete', `/v1/product-groups/${id}`);
    await call('post', '/v1/products', { name: 'Other', sku: products[1]?.sku, price: '1.00' });
    const refused = await call('post', `/v1/product-groups/${id}/restore`);
    expect([refused.status, refused.body.code, refused.body.errors[0].pointer]).toEqual([409, 'value_taken', '/sku']);
    expect((await call('get', `/v1/products?groupId=${id}`)).body.data).toEqual([]);
    const purged = await call('delete', `/v1/product-groups/${id}?force=true`);
    expect([purged.status, purged.body.code]).toEqual([409, 'in_use']);
  });
});

test('who keeps groups and categories alone neither deletes, restores nor refiles the products in them', async () => {
  const { body: role } = await shop.call('post', '/v1/roles', { token: admin.token, body: { name: 'keeper' } });
  const permissions = ['product-groups:write', 'product-groups:restore', 'categories:write'];
  await shop.call('put', `/v1/roles/${role.id}/permissions`, { token: admin.token, body: { permissions } });
  await shop.call('post', `/v1/users/${keeper.id}/roles`, { token: admin.token, body: { role: 'keeper' } });
  const categoryId = (await call('post', '/v1/categories', { name: 'Shirts' })).body.id;
  const target = (await call('post', '/v1/categories', { name: 'Tops' })).body.id;
  const { id } = await makeGroup([variant('S', 'red', { categoryId })]);
  const refusal = async (method: 'post' | 'delete', path: string) => {
    const { status, body } = await shop.call(method, path, { token: keeper.token });
    return [status, body.detail];
  };
  const group = `/v1/product-groups/${id}`;
  expect(await refusal('delete', group)).toEqual([403, expect.stringContaining('products:write')]);
  expect(await refusal('delete', `/v1/categories/${categoryId}?reassignTo=${target}`)).toEqual([
    403,
    expect.stringContaining('products:write'),
  ]);
  expect((await groupOf(id)).products).toMatchObject([{ version: 1, categoryId }]);
  await call('delete', group);
  expect(await refusal('post', `${group}/restore`)).toEqual([403, expect.stringContaining('products:restore')]);
  expect((await call('get', group)).status).toBe(404);
});

describe('PostgreSQL', () => {
  const refusal = (sql: string, values: unknown[]) =>
    shop.query(sql, values).then(
      () => 'done',
      (error: { original?: { constraint?: string } }) => error.original?.constraint ?? String(error),
    );

  test('refuses with psql what the API refuses', async () => {
    const { id, products } = await makeGroup([variant('S', 'red'), variant('M', 'red')]);
    const one = products[0]?.id;
    const options = (value: unknown) =>
      refusal('UPDATE product_groups SET options = $2::jsonb WHERE id = $1::uuid', [id, JSON.stringify(value)]);
    const values = (value: unknown) =>
      refusal('UPDATE products SET option_values = $2::jsonb WHERE id = $1::uuid', [one, JSON.stringify(value)]);
    expect(await options([AXES[0]])).toBe('product_groups_options_in_use_check');
    expect(await options([...AXES, { name: 'Size', values: ['1'] }])).toBe('product_groups_options_check');
    expect(await options([AXES[0], { name: 'Colour', values: ['red', 'red'] }])).toBe('product_groups_options_check');
    expect(await values({ Size: 'M', Colour: 'red' })).toBe('products_group_id_option_values_key');
    expect(await values({ Size: 'XL', Colour: 'red' })).toBe('products_option_values_check');
    expect(await values({ Size: ['S'], Colour: 'red' })).toBe('products_option_values_check');
    expect(await values({ Size: 'S' })).toBe('products_option_values_check');
    expect(await refusal('UPDATE products SET group_id = NULL WHERE id = $1::uuid', [one])).toBe(
      'products_option_values_without_group_check',
    );
    expect(await refusal('UPDATE product_groups SET deleted_at = now() WHERE id = $1::uuid', [id])).toBe('product_groups_products_check');
    expect(await groupOf(id)).toMatchObject({ version: 1, options: AXES });
  });
});

describe('at once', () => {
  test('of ten products with the same options one is created', async () => {
    const { id } = await makeGroup();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => call('post', '/v1/products', { name: 'Raced', ...variant('S', 'red'), groupId: id })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
    expect((await groupOf(id)).products).toHaveLength(1);
  });

  test('a value is removed or given to a product, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await makeGroup();
      const [removal, ...additions] = await Promise.all([
        call('patch', `/v1/product-groups/${id}`, { options: [{ name: 'Size', values: ['S', 'M'] }, AXES[1]] }),
        ...['red', 'blue'].map((colour) => call('post', '/v1/products', { name: 'Raced', ...variant('L', colour), groupId: id })),
      ]);
      const isRemoved = removal?.status === 200;
      expect(isRemoved ? [422, 422] : [201, 201]).toEqual(additions.map(({ status }) => status));
    }
  });

  test('options are renamed, products change theirs and the group is deleted and restored, and no request fails for the others', async () => {
    const { id, products } = await makeGroup([variant('S', 'red'), variant('M', 'red'), variant('S', 'blue')]);
    const rename = (value: string, to: string) => call('post', `/v1/product-groups/${id}/rename-option`, { option: 'Size', value, to });
    const replies = await Promise.all([
      ...products.map((product, at) =>
        call('patch', `/v1/products/${product.id}`, { optionValues: { Size: 'L', Colour: at === 2 ? 'blue' : 'red' } }),
      ),
      rename('L', 'Large'),
      ...products.map((product) => call('patch', `/v1/products/${product.id}`, { price: '21.00' })),
      call('delete', `/v1/product-groups/${id}`),
      rename('S', 'Small'),
      call('post', `/v1/product-groups/${id}/restore`),
    ]);
    expect(replies.filter(({ status }) => status >= 500)).toEqual([]);
    const wrong = await shop.query(
      `SELECT p.id FROM products p JOIN product_groups g ON g.id = p.group_id
       WHERE g.id = $1::uuid AND (p.deleted_at IS NULL) AND (g.deleted_at IS NOT NULL OR NOT option_values_fit(p.option_values, g.options))`,
      [id],
    );
    expect(wrong).toEqual([]);
  });
});
