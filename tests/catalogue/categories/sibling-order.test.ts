import { useShop } from '../../support/use-shop';

const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

const { shop, manager } = useShop({ manager: 'manager' });

async function makeCategory(name: string, parentId: string | null): Promise<string> {
  const { body } = await shop.call('post', '/v1/categories', { token: manager.token, body: { name, parentId } });
  return String(body.id);
}

/** Makes a category with subcategories of these names, and returns its id and theirs. */
async function makeFamily(name: string, children: readonly string[]): Promise<{ parent: string; ids: string[] }> {
  const parent = await makeCategory(name, null);
  const ids: string[] = [];
  for (const child of children) ids.push(await makeCategory(child, parent));
  return { parent, ids };
}

const move = (id: string, body: object, headers = {}) =>
  shop.call('post', `/v1/categories/${id}/move`, { token: manager.token, headers, body });
const reorder = (body: object) => shop.call('post', '/v1/categories/reorder', { token: manager.token, body });

/** The names of the subcategories in the list, and in the tree. */
async function childrenOf(parent: string): Promise<string[]> {
  const names = (nodes: readonly { name: string }[]) => nodes.map(({ name }) => name);
  const listed = names((await shop.call('get', `/v1/categories?parentId=${parent}`)).body.data);
  const [root] = (await shop.call('get', `/v1/categories/tree?root=${parent}&depth=1`)).body.data;
  expect(names(root.children)).toEqual(listed);
  return listed;
}

const positions = () => shop.query('SELECT id, parent_id, position, version FROM categories ORDER BY id');
const rowOf = async (id: string) => (await shop.call('get', `/v1/categories/${id}`)).body;

test('shows subcategories in the order in which they came, in lists and in the tree', async () => {
  const { parent, ids } = await makeFamily('Menu', ['Soup', 'Main', 'Dessert']);
  expect(await childrenOf(parent)).toEqual(['Soup', 'Main', 'Dessert']);
  expect((await rowOf(String(ids[2]))).position).toBe(2);
  expect((await shop.call('get', '/v1/categories?parentId[isnull]=true')).body.data.at(-1).name).toBe('Menu');
  expect((await shop.call('get', `/v1/categories?parentId=${parent}&sort=name`)).body.data[0].name).toBe('Dessert');
});

test('reorders all siblings in one call, and only those that change get a new version', async () => {
  const { parent, ids } = await makeFamily('Reordered', ['A', 'B', 'C', 'D']);
  const [a, b, c, d] = ids as [string, string, string, string];
  const { body } = await reorder({ parentId: parent, ids: [c, b, a, d] });
  expect(body.data).toEqual([c, b, a, d].map((id, position) => ({ id, position, version: id === b || id === d ? 1 : 2 })));
  expect(await childrenOf(parent)).toEqual(['C', 'B', 'A', 'D']);
});

test('refuses a reorder that misses, doubles or adds a sibling, and leaves the order unchanged', async () => {
  const { parent, ids } = await makeFamily('Kept', ['A', 'B']);
  const [a, b] = ids as [string, string];
  const before = await positions();
  expect((await reorder({ parentId: parent, ids: [b] })).body).toMatchObject({
    status: 409,
    code: 'siblings_differ',
    detail: expect.stringContaining(`1 are missing: ${a}`),
  });
  const foreign = await reorder({ parentId: parent, ids: [b, MISSING, a] });
  expect(foreign.body).toMatchObject({ status: 409, code: 'siblings_differ', errors: [{ pointer: '/ids/1', code: 'not_a_sibling' }] });
  expect((await reorder({ parentId: parent, ids: [b, a, b] })).body).toMatchObject({ status: 422, errors: [{ code: 'duplicate' }] });
  expect((await reorder({ parentId: MISSING, ids: [a, b] })).body).toMatchObject({ status: 422, errors: [{ pointer: '/parentId' }] });
  expect((await reorder({ parentId: null, ids: [a, b] })).status).toBe(409);
  expect(await positions()).toEqual(before);
});

test('moves a category to a place among its siblings, changing only those in between', async () => {
  const { parent, ids } = await makeFamily('Shifted', ['A', 'B', 'C', 'D']);
  const [a, b, c, d] = ids as [string, string, string, string];
  expect((await move(c, { parentId: parent, beforeId: b })).body).toMatchObject({ id: c, position: 1, version: 2 });
  expect(await childrenOf(parent)).toEqual(['A', 'C', 'B', 'D']);
  expect([(await rowOf(a)).version, (await rowOf(b)).version, (await rowOf(d)).version]).toEqual([1, 2, 1]);
  expect((await move(a, { parentId: parent, beforeId: null })).body.position).toBe(3);
  expect(await childrenOf(parent)).toEqual(['C', 'B', 'D', 'A']);
  expect((await move(a, { parentId: parent, beforeId: null })).body.version).toBe(2);
});

test('moves a category with its subtree to a place among new siblings', async () => {
  const from = await makeFamily('From', ['Moving']);
  const moving = String(from.ids[0]);
  const leaf = await makeCategory('Leaf', moving);
  const { parent, ids } = await makeFamily('To', ['A', 'B']);
  const moved = await move(moving, { parentId: parent, beforeId: ids[1] });
  expect(moved.body).toMatchObject({ parentId: parent, position: 1, level: 1, version: 2 });
  expect(await childrenOf(parent)).toEqual(['A', 'Moving', 'B']);
  expect((await rowOf(leaf)).path).toBe(`/${parent}/${moving}/${leaf}/`);
  expect((await move(moving, { parentId: from.parent })).body.position).toBe(0);
  expect((await move(moving, { parentId: null })).body.level).toBe(0);
});

test('refuses a place before itself or before a category of another parent, or with a stale ETag, and moves nothing', async () => {
  const { parent, ids } = await makeFamily('Firm', ['A', 'B']);
  const [a, b] = ids as [string, string];
  const before = await positions();
  for (const beforeId of [a, parent, MISSING]) {
    expect((await move(a, { parentId: parent, beforeId })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/beforeId', code: 'not_a_sibling' }],
    });
  }
  for (const parentId of [parent, null]) {
    const beforeId = parentId === null ? null : b;
    expect((await move(a, { parentId, beforeId }, { 'If-Match': '"9"' })).body).toMatchObject({ status: 412, code: 'precondition_failed' });
  }
  expect((await move(parent, { parentId: a, beforeId: null })).body).toMatchObject({ status: 409, code: 'category_cycle' });
  const patched = await shop.call('patch', `/v1/categories/${a}`, { token: manager.token, body: { position: 7 } });
  expect(patched.body).toMatchObject({ status: 422, errors: [{ pointer: '/position', code: 'read_only' }] });
  expect(await positions()).toEqual(before);
});

test('gives every sibling a position of its own, however many are made, moved and reordered at once', async () => {
  const { parent, ids } = await makeFamily('Crowd', ['A', 'B', 'C']);
  const [a, b, c] = ids as [string, string, string];
  const statuses = await Promise.all([
    ...['D', 'E', 'F'].map(async (name) => (await makeCategory(name, parent)).length > 0 && 201),
    ...[0, 1].map(async () => (await reorder({ parentId: parent, ids: [c, a, b] })).status),
    ...[a, b].map(async (id) => (await move(id, { parentId: parent, beforeId: c })).status),
  ]);
  expect(statuses.filter((status) => ![200, 201, 409].includes(Number(status)))).toEqual([]);
  const [{ count, distinct }] = (await shop.query(
    `SELECT count(*)::int AS count, count(DISTINCT position)::int AS distinct FROM categories WHERE parent_id = $1::uuid`,
    [parent],
  )) as [{ count: number; distinct: number }];
  expect([count, distinct]).toEqual([6, 6]);
});

test('keeps the place of a deleted category until it is restored', async () => {
  const { parent, ids } = await makeFamily('Held', ['A', 'B', 'C']);
  const [a, b, c] = ids as [string, string, string];
  await shop.call('delete', `/v1/categories/${b}`, { token: manager.token });
  expect((await reorder({ parentId: parent, ids: [c, a] })).status).toBe(200);
  await makeCategory('D', parent);
  await shop.call('post', `/v1/categories/${b}/restore`, { token: manager.token });
  expect(await childrenOf(parent)).toEqual(['C', 'B', 'A', 'D']);
});

test('refuses two siblings with the same position and a live category below a deleted one, also in SQL', async () => {
  const { parent, ids } = await makeFamily('Guarded', ['A', 'B']);
  const before = await positions();
  const taken = shop.query('UPDATE categories SET position = 0 WHERE id = $1::uuid', [ids[1]]);
  await expect(taken).rejects.toMatchObject({ original: { constraint: 'categories_position_check' } });
  const deleted = shop.query('UPDATE categories SET deleted_at = now() WHERE id = $1::uuid', [parent]);
  await expect(deleted).rejects.toMatchObject({ original: { constraint: 'categories_tree_check' } });
  expect(await positions()).toEqual(before);
});

test('keeps the order of siblings over an export and an import', async () => {
  const { parent, ids } = await makeFamily('Filed', ['Zinc', 'Alum', 'Lead']);
  const csv = (await shop.call('get', `/v1/categories/export?path[startswith]=/${parent}/`, { token: manager.token })).text;
  expect(
    csv
      .split('\n')
      .map((line) => line.split(',')[1])
      .filter(Boolean),
  ).toEqual(['name', 'Filed', 'Zinc', 'Alum', 'Lead']);
  await reorder({ parentId: parent, ids: [ids[2], ids[0], ids[1]] });
  const file = `slug,name,parentSlug\nalum,Alum,filed\ntin,Tin,filed\nzinc,Zinc ore,filed\n`;
  const imported = await shop.call('post', '/v1/categories/import', {
    token: manager.token,
    headers: { 'Content-Type': 'text/csv' },
    body: file,
  });
  expect(imported.body).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
  expect(await childrenOf(parent)).toEqual(['Lead', 'Zinc ore', 'Alum', 'Tin']);
});
