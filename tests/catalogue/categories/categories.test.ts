import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

const { shop, manager } = useShop({ manager: 'admin' });

const at = (id: string) => `/v1/categories/${id}`;

async function makeCategory(name: string, parentId: string | null): Promise<string> {
  const { body } = await shop.call('post', '/v1/categories', { token: manager.token, body: { name, parentId } });
  return String(body.id);
}

/** Makes categories, each below the one before, and returns their ids from the top down. */
async function makeChain(name: string, length: number): Promise<string[]> {
  const ids: string[] = [];
  for (let level = 0; level < length; level++) ids.push(await makeCategory(`${name} ${level}`, ids.at(-1) ?? null));
  return ids;
}

const move = (id: string, parentId: string | null, headers = {}) =>
  shop.call('post', `${at(id)}/move`, { token: manager.token, headers, body: { parentId } });

const namesOf = ({ body }: { body: { data: { name: string }[] } }) => body.data.map(({ name }) => name);

const everyCategory = () => shop.query('SELECT * FROM categories ORDER BY id');

test('moves a category with its subtree', async () => {
  const food = await makeCategory('Food', null);
  const fruit = await makeCategory('Fruit', food);
  const apples = await makeCategory('Apples', fruit);
  const garden = await makeCategory('Garden', null);
  await makeProduct(shop, manager, { categoryId: apples });
  const moved = await move(fruit, garden);
  expect(moved).toMatchObject({ status: 200, body: { id: fruit, parentId: garden, level: 1, version: 2 } });
  expect(namesOf(await shop.call('get', `${at(apples)}/ancestors`))).toEqual(['Garden', 'Fruit']);
  expect(namesOf(await shop.call('get', `${at(garden)}/descendants`))).toEqual(['Fruit', 'Apples']);
  expect((await shop.call('get', '/v1/categories/tree')).body.data).toMatchObject([
    { name: 'Food', hasChildren: false, children: [] },
    { name: 'Garden', hasChildren: true, children: [{ name: 'Fruit', children: [{ name: 'Apples' }] }] },
  ]);
  expect((await shop.call('get', `/v1/products?category=${garden}`)).body.data).toHaveLength(1);
});

test('moves a category to the top level, and where it is already, without a second version', async () => {
  const [top, below] = (await makeChain('Lifted', 2)) as [string, string];
  expect((await move(below, null)).body).toMatchObject({ parentId: null, level: 0, path: `/${below}/`, version: 2 });
  expect((await move(below, null)).body.version).toBe(2);
  expect((await shop.call('get', `${at(top)}/descendants`)).body.data).toEqual([]);
});

test.each([
  ['itself', 0],
  ['its child', 1],
  ['its grandchild', 2],
])('refuses to move a category into %s and leaves the tree unchanged', async (where, depth) => {
  const ids = await makeChain(`Cycle into ${where}`, 3);
  const before = await everyCategory();
  expect((await move(String(ids[0]), String(ids[depth]))).body).toMatchObject({ status: 409, code: 'category_cycle' });
  expect(await everyCategory()).toEqual(before);
});

test('refuses to move a category below a missing parent, or with a stale ETag, and leaves the tree unchanged', async () => {
  const [top, below] = (await makeChain('Stays', 2)) as [string, string];
  const before = await everyCategory();
  const missing = await move(below, MISSING);
  expect(missing.body).toMatchObject({ status: 422, errors: [{ pointer: '/parentId', code: 'unknown_reference' }] });
  expect((await move(below, null, { 'If-Match': '"9"' })).body).toMatchObject({ status: 412, code: 'precondition_failed' });
  expect((await move(MISSING, top)).status).toBe(404);
  expect(await everyCategory()).toEqual(before);
});

test('refuses a tree of more than 50 levels below the top, by creation or by move, and leaves it unchanged', async () => {
  const deep = await makeChain('Level', 51);
  const [top] = (await makeChain('Too much', 2)) as [string, string];
  const before = await everyCategory();
  const body = { name: 'Level 51', parentId: deep[50] };
  const refused = await shop.call('post', '/v1/categories', { token: manager.token, body });
  expect(refused.body).toMatchObject({ status: 409, code: 'category_too_deep', title: 'Category too deep' });
  expect((await move(top, String(deep[49]))).body).toMatchObject({ status: 409, code: 'category_too_deep' });
  expect(await everyCategory()).toEqual(before);
  expect((await move(top, String(deep[48]))).body.level).toBe(49);
});

test('refuses to delete a category with subcategories or products and says how many there are', async () => {
  const [top, below] = (await makeChain('Used', 2)) as [string, string];
  await makeProduct(shop, manager, { categoryId: below });
  const before = await everyCategory();
  const detailOf = async (id: string) => {
    const { body } = await shop.call('delete', at(id), { token: manager.token });
    expect(body).toMatchObject({ status: 409, code: 'in_use' });
    return String(body.detail);
  };
  expect(await detailOf(top)).toContain('subcategories: 1, products: 0');
  expect(await detailOf(below)).toContain('subcategories: 0, products: 1');
  expect(await everyCategory()).toEqual(before);
});

test('restores a category below the new position of its parent', async () => {
  const [top, below] = (await makeChain('Back', 2)) as [string, string];
  const other = await makeCategory('Other parent', null);
  await shop.call('delete', at(below), { token: manager.token });
  await move(top, other);
  const restored = await shop.call('post', `${at(below)}/restore`, { token: manager.token });
  expect(restored.body).toMatchObject({ path: `/${other}/${top}/${below}/`, level: 2 });
});

test('gives 404 for the relatives of a category that does not exist', async () => {
  for (const relatives of ['ancestors', 'descendants']) {
    expect((await shop.call('get', `${at(MISSING)}/${relatives}`)).status).toBe(404);
  }
});

const remove = (id: string, query = '') => shop.call('delete', `${at(id)}${query}`, { token: manager.token });
const restore = (id: string) => shop.call('post', `${at(id)}/restore`, { token: manager.token });
const liveNames = async () =>
  (await shop.query<{ name: string }>('SELECT name FROM categories WHERE deleted_at IS NULL ORDER BY name')).map(({ name }) => name);
const everything = () =>
  Promise.all(['categories', 'products', 'product_groups'].map((table) => shop.query(`SELECT * FROM ${table} ORDER BY id`)));

/** Makes "<name>" > "<name> a" > "<name> b", and "<name> c" below the first. */
async function makeTree(name: string): Promise<{ top: string; a: string; b: string; c: string }> {
  const top = await makeCategory(name, null);
  const a = await makeCategory(`${name} a`, top);
  return { top, a, b: await makeCategory(`${name} b`, a), c: await makeCategory(`${name} c`, top) };
}

test('deletes a category with its subtree, and restores exactly what the deletion took', async () => {
  const before = await liveNames();
  const { top, a, b, c } = await makeTree('Whole');
  expect((await remove(c)).status).toBe(204);
  expect((await remove(top, '?subtree=true')).status).toBe(204);
  expect(await liveNames()).toEqual(before);
  expect((await restore(b)).body).toMatchObject({ status: 409, code: 'parent_deleted' });
  expect((await restore(top)).body).toMatchObject({ id: top, deletedAt: null });
  expect(await liveNames()).toEqual([...before, 'Whole', 'Whole a', 'Whole b'].sort());
  // What was restored alone is not deleted with the former owner any more.
  expect((await remove(b)).status).toBe(204);
  expect((await remove(a)).status).toBe(204);
  expect((await restore(a)).status).toBe(200);
  expect((await shop.call('get', at(b))).status).toBe(404);
  expect(await shop.query('SELECT count(*)::int AS count FROM categories WHERE deleted_with IS NOT NULL')).toEqual([{ count: 0 }]);
  const log = await shop.query<{ action: string }>(`SELECT action FROM audit_logs WHERE record_id = $1::uuid ORDER BY feed_position, id`, [
    b,
  ]);
  expect(log.map(({ action }) => action)).toEqual(['CREATE', 'DELETE', 'RESTORE', 'DELETE']);
});

test('restores a subtree in a bulk, too, and nothing where the slug of one is taken', async () => {
  const { top, a } = await makeTree('Bulky');
  await remove(top, '?subtree=true');
  const taken = await makeCategory('Bulky a', null);
  const before = await everything();
  expect((await restore(top)).body).toMatchObject({ status: 409, code: 'value_taken', detail: expect.stringContaining(a) });
  expect(await everything()).toEqual(before);
  await remove(taken, '?force=true');
  const body = { operations: [{ op: 'restore', id: top }] };
  expect((await shop.call('post', '/v1/categories/bulk', { token: manager.token, body })).status).toBe(200);
  expect((await shop.call('get', at(a))).status).toBe(200);
});

test('refuses to delete a subtree with products, names the category, and deletes nothing', async () => {
  const { top, b } = await makeTree('Stocked');
  await makeProduct(shop, manager, { categoryId: b });
  const before = await everything();
  const { body } = await remove(top, '?subtree=true');
  expect(body).toMatchObject({
    status: 409,
    code: 'in_use',
    detail: expect.stringContaining('"Stocked b": The category is in use (subcategories: 0, products: 1)'),
  });
  expect(await everything()).toEqual(before);
});

test('moves subcategories, groups and products to another category before it deletes one', async () => {
  const { top, a, b, c } = await makeTree('Closing');
  const target = await makeCategory('Taking over', null);
  const present = await makeCategory('Present', target);
  const [live, deleted] = [await makeProduct(shop, manager, { categoryId: top }), await makeProduct(shop, manager, { categoryId: top })];
  await shop.call('delete', `/v1/products/${deleted}`, { token: manager.token });
  const group = await shop.call('post', '/v1/product-groups', { token: manager.token, body: { name: 'Grouped', categoryId: top } });
  expect((await remove(top)).body.detail).toContain('subcategories: 2, products: 1, product groups: 1');
  expect((await remove(top, `?reassignTo=${target}`)).status).toBe(204);
  const { body } = await shop.call('get', `/v1/categories?parentId=${target}&fields=id`);
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([present, a, c]);
  expect((await shop.call('get', at(b))).body.path).toBe(`/${target}/${a}/${b}/`);
  expect((await shop.call('get', `/v1/product-groups/${group.body.id}`, { token: manager.token })).body.categoryId).toBe(target);
  for (const id of [live, deleted])
    expect(await shop.query('SELECT category_id FROM products WHERE id = $1::uuid', [id])).toEqual([{ category_id: target }]);
  expect((await shop.call('post', `/v1/products/${deleted}/restore`, { token: manager.token })).status).toBe(200);
  expect((await restore(top)).status).toBe(200);
  expect((await shop.call('get', `/v1/categories?parentId=${top}`)).body.data).toEqual([]);
  expect((await remove(top, `?force=true&reassignTo=${target}`)).status).toBe(204);
});

test('refuses to reassign to itself, below itself, to nothing, too deep, or beside a whole subtree, and changes nothing', async () => {
  const { top, b } = await makeTree('Refused');
  const before = await everything();
  for (const target of [top, b]) {
    expect((await remove(top, `?reassignTo=${target}`)).body).toMatchObject({ status: 409, code: 'category_cycle' });
  }
  const missing = await remove(top, `?reassignTo=${MISSING}`);
  expect(missing.body).toMatchObject({
    status: 400,
    code: 'invalid_parameters',
    errors: [{ pointer: 'reassignTo', code: 'unknown_reference' }],
  });
  expect((await remove(top, `?reassignTo=${MISSING}&subtree=true`)).body).toMatchObject({ status: 400, errors: [{ pointer: 'subtree' }] });
  expect(await everything()).toEqual(before);
  const deep = await makeChain('Refused deep', 50);
  expect((await remove(top, `?reassignTo=${deep.at(-1)}`)).body).toMatchObject({ status: 409, code: 'category_too_deep' });
  expect((await shop.call('get', at(top))).status).toBe(200);
});
