import { useShop } from '../../support/use-shop';

const LARGE = 10_000;

/* One connection, so that it has kept the plans of the small moves. */
const { shop, manager } = useShop({ manager: 'manager' }, { DB_POOL_MAX: '1' });

async function makeCategory(name: string, parentId: string | null = null): Promise<string> {
  const { body } = await shop.call('post', '/v1/categories', { token: manager.token, body: { name, parentId } });
  return String(body.id);
}

const move = async (id: string, parentId: string | null) =>
  (await shop.call('patch', `/v1/categories/${id}`, { token: manager.token, body: { parentId } })).status;

test('moves 10,000 categories at once after many small moves, and records each', async () => {
  const [from, to] = [await makeCategory('From'), await makeCategory('To')];
  const small = await makeCategory('Small', from);
  for (let n = 0; n < 20; n++) expect(await move(small, n % 2 === 0 ? to : from)).toBe(200);
  const large = await makeCategory('Large', from);
  await shop.query(
    `INSERT INTO categories (id, name, slug, parent_id, path, level)
     SELECT c.id, 'Below ' || n, 'below-' || n, p.id, p.path || c.id || '/', p.level + 1
     FROM (SELECT * FROM categories WHERE id = $1::uuid) p, (SELECT uuid_v7() AS id, n FROM generate_series(1, ${LARGE}) n) c`,
    [large],
  );
  for (const parent of [to, null]) expect(await move(large, parent)).toBe(200);
  const [moved] = await shop.query(`SELECT count(*)::int AS count FROM categories WHERE path LIKE $1 || '_%' AND level = 1`, [
    `/${large}/`,
  ]);
  const [recorded] = await shop.query(
    `SELECT count(*)::int AS count, count(DISTINCT change_set_id)::int AS moves FROM audit_logs
     WHERE table_name = 'categories' AND action = 'UPDATE' AND new_values ? 'path' AND record_id <> $1::uuid`,
    [small],
  );
  expect([moved, recorded]).toEqual([{ count: LARGE }, { count: 2 * (LARGE + 1), moves: 2 }]);
}, 60_000);

test('moves many categories at once, also below and out of each other, as if each had its new parent alone, and refuses what makes a circle', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 24; n++) ids.push(await makeCategory(`Moving ${n}`, n === 0 ? null : ids[Math.floor((n - 1) / 2)]));
  const parents = new Map(ids.map((id, n) => [id, n === 0 ? null : String(ids[Math.floor((n - 1) / 2)])]));
  let refused = 0;
  for (let round = 0; round < 5; round++) {
    const wanted = ids.filter((_, n) => (n * 7 + round) % 3 > 0).map((id, n) => [id, ids[(n * 11 + round * 5) % 24] ?? null] as const);
    const operations = wanted.map(([id, parentId]) => ({ op: 'update', id, data: { parentId } }));
    const { body } = await shop.call('post', '/v1/categories/bulk', { token: manager.token, body: { atomic: false, operations } });
    const results = body.results as { status: number }[];
    wanted.forEach(([id, parentId], at) => {
      if (results[at]?.status === 200) parents.set(id, parentId);
    });
    refused += results.filter(({ status }) => status === 409).length;
    const pathOf = (id: string | null): string => (id === null ? '/' : `${pathOf(parents.get(id) ?? null)}${id}/`);
    const rows = await shop.query<{ id: string; path: string; level: number }>(
      'SELECT id, path, level FROM categories WHERE id = ANY ($1::uuid[])',
      [ids],
    );
    expect(rows.map(({ id, path, level }) => [id, path, level]).sort()).toEqual(
      ids.map((id) => [id, pathOf(id), pathOf(id).split('/').length - 3]).sort(),
    );
  }
  expect(refused).toBeGreaterThan(0);
});
