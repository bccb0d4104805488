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
