import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

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
  const missing = await move(below, '01890a5d-ac96-774b-bcce-b302099a8057');
  expect(missing.body).toMatchObject({ status: 422, errors: [{ pointer: '/parentId', code: 'unknown_reference' }] });
  expect((await move(below, null, { 'If-Match': '"9"' })).body).toMatchObject({ status: 412, code: 'precondition_failed' });
  expect((await move('01890a5d-ac96-774b-bcce-b302099a8057', top)).status).toBe(404);
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
    expect((await shop.call('get', `${at('01890a5d-ac96-774b-bcce-b302099a8057')}/${relatives}`)).status).toBe(404);
  }
});
