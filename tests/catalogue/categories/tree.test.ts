import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withClient } from '../../../src/database/connection/open-client';
import { useShop } from '../../support/use-shop';

const WIDE = 10_100;
const MISSING = '01890a5d-ac96-774b-bcce-b302099a8057';

const { shop, manager } = useShop({ manager: 'manager' }, { IDLE_IN_TRANSACTION_TIMEOUT_MS: '2000' });

interface Node {
  readonly id: string;
  readonly name: string;
  readonly hasChildren: boolean;
  readonly children: readonly Node[];
}

let top: string;
let wide: string;
let leaf: string;

async function makeCategory(name: string, parentId: string | null = null): Promise<string> {
  const { body } = await shop.call('post', '/v1/categories', { token: manager.token, body: { name, parentId } });
  return String(body.id);
}

/* Top > Wide > 10,100 categories, the first of which has one child; and Alone. */
beforeAll(async () => {
  top = await makeCategory('Top');
  wide = await makeCategory('Wide', top);
  await makeCategory('Alone');
  await shop.query(
    `INSERT INTO categories (id, name, slug, parent_id, path, level)
     SELECT id, 'Below ' || lpad(n::text, 5, '0'), 'below-' || n, $1::uuid, p.path || id || '/', 2
     FROM (SELECT path FROM categories WHERE id = $1::uuid) p, (SELECT uuid_v7() AS id, n FROM generate_series(1, ${WIDE}) n) c`,
    [wide],
  );
  const [first] = await shop.query<{ id: string }>(`SELECT id FROM categories WHERE slug = 'below-1'`);
  leaf = await makeCategory('Leaf', first?.id);
});

const tree = (query = '', headers = {}) => shop.call('get', `/v1/categories/tree${query}`, { headers });

const count = (nodes: readonly Node[]): number => nodes.reduce((sum, { children }) => sum + 1 + count(children), 0);

/** The names of the first node on each level. */
const spine = ([first]: readonly Node[]): string[] => (first ? [first.name, ...spine(first.children)] : []);

test('shows the whole tree of more than 10,000 categories, siblings by position', async () => {
  const { status, body } = await tree();
  expect(status).toBe(200);
  expect(body.data.map(({ name }: Node) => name)).toEqual(['Top', 'Alone']);
  expect(count(body.data)).toBe(WIDE + 4);
  const below: readonly Node[] = body.data[0].children[0].children;
  expect(below.map(({ name }) => name)).toEqual(Array.from({ length: WIDE }, (_, n) => `Below ${String(n + 1).padStart(5, '0')}`));
  expect(spine(body.data)).toEqual(['Top', 'Wide', 'Below 00001', 'Leaf']);
  expect(below.slice(0, 2)).toMatchObject([{ hasChildren: true, children: [{ hasChildren: false }] }, { hasChildren: false }]);
});

test('shows the part below a root, down to a depth, and says where there is more', async () => {
  expect((await tree('?depth=0')).body.data).toMatchObject([
    { name: 'Top', position: 0, hasChildren: true, children: [] },
    { name: 'Alone', position: 1, hasChildren: false, children: [] },
  ]);
  const { body } = await tree(`?root=${top}&depth=1`);
  expect(body.data).toMatchObject([{ id: top, children: [{ name: 'Wide', level: 1, hasChildren: true, children: [] }] }]);
  expect(count((await tree(`?root=${wide}`)).body.data)).toBe(WIDE + 2);
  expect(count((await tree(`?root=${wide}&depth=1`)).body.data)).toBe(WIDE + 1);
  expect((await tree(`?root=${leaf}`)).body.data).toMatchObject([{ name: 'Leaf', level: 3, children: [] }]);
  expect((await tree(`?root=${MISSING}`)).body).toMatchObject({ status: 404, code: 'not_found', detail: 'Category not found.' });
  expect((await tree('?depth=-1')).status).toBe(400);
});

test('answers 304 until a category of the part changes, moves, comes or goes', async () => {
  const tagOf = async (query: string) => String((await tree(query)).headers.etag);
  const tags = async () => [await tagOf(''), await tagOf('?depth=0'), await tagOf(`?root=${top}`)];
  const before = await tags();
  expect((await tree('', { 'If-None-Match': before[0] ?? '' })).status).toBe(304);
  expect(new Set(before).size).toBe(3);
  await shop.call('patch', `/v1/categories/${leaf}`, { token: manager.token, body: { name: 'Renamed' } });
  const renamed = await tags();
  expect(renamed.map((tag, index) => tag === before[index])).toEqual([false, true, false]);
  const id = await makeCategory('New');
  expect((await tags()).map((tag, index) => tag === renamed[index])).toEqual([false, false, true]);
  await shop.call('delete', `/v1/categories/${id}`, { token: manager.token });
  expect(await tags()).toEqual(renamed);
});

test('pages through more than 10,000 descendants, each after its parent, and counts them', async () => {
  const seen: string[] = [];
  const [path] = await shop.query<{ path: string }>('SELECT path FROM categories WHERE id = $1::uuid', [leaf]);
  let cursor: string | null = '';
  while (cursor !== null) {
    const url: string = `/v1/categories/${top}/descendants?limit=100&fields=id${cursor && `&cursor=${cursor}`}`;
    const { body } = await shop.call('get', url);
    seen.push(...body.data.map(({ id }: Node) => id));
    cursor = body.pagination.nextCursor;
  }
  expect([seen.length, new Set(seen).size, seen[0]]).toEqual([WIDE + 2, WIDE + 2, wide]);
  expect(seen.indexOf(leaf)).toBe(seen.indexOf(String(path?.path.split('/').at(-3))) + 1);
  const counted = await shop.call('get', `/v1/categories/${top}/descendants?total=exact&limit=1&sort=-name`);
  expect(counted.body).toMatchObject({ data: [{ name: 'Wide' }], pagination: { total: WIDE + 2 } });
  expect((await shop.call('get', `/v1/categories/${top}/descendants?limit=101`)).status).toBe(400);
});

test('lists the ancestors from the top down, as a page', async () => {
  const { body } = await shop.call('get', `/v1/categories/${leaf}/ancestors`);
  expect(body.data.map(({ name }: Node) => name)).toEqual(['Top', 'Wide', 'Below 00001']);
  expect(body.pagination).toMatchObject({ hasNext: false, nextCursor: null });
  expect((await shop.call('get', `/v1/categories/${top}/ancestors`)).body.data).toEqual([]);
});

const openTransactions = async () =>
  (await shop.query(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in tr%'`)).length;

test('gives the connection back where the client leaves in the middle', async () => {
  const { port } = shop.server.address() as AddressInfo;
  for (let n = 0; n < 12; n++) {
    await new Promise<void>((resolve, reject) => {
      const req = request({ port, path: '/v1/categories/tree' }, (res) => res.once('data', () => req.destroy())).once('error', reject);
      req.once('close', resolve).end();
    });
  }
  expect((await tree('?depth=0')).status).toBe(200);
  while ((await openTransactions()) > 0) await new Promise(setImmediate);
});

test('stays whole while four clients move categories about at random', async () => {
  const root = await makeCategory('Playground');
  const ids: string[] = [];
  for (let n = 0; n < 8; n++) ids.push(await makeCategory(`Toy ${n}`, root));
  let seed = 7;
  // The generator of Park and Miller (Communications of the ACM 31, 1988), so that each run makes the same moves.
  const pick = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return String(ids[seed % ids.length]);
  };
  const walk = async () => {
    for (let n = 0; n < 10; n++) {
      const body = { parentId: n % 4 === 0 ? root : pick(), ...(n % 2 === 0 && { beforeId: null }) };
      const { status } = await shop.call('post', `/v1/categories/${pick()}/move`, { token: manager.token, body });
      // 409 for a cycle, 503 where it waits too long for the others.
      expect([200, 409, 503]).toContain(status);
    }
  };
  await Promise.all([walk(), walk(), walk(), walk()]);
  const { body } = await shop.call('get', '/v1/categories/integrity', { token: manager.token });
  expect(body).toMatchObject({ isClean: true });
});

describe('a tree that SQL without triggers has broken', () => {
  const integrity = async () => (await shop.call('get', '/v1/categories/integrity', { token: manager.token })).body;
  const repair = async (headers = {}) =>
    (await shop.call('post', '/v1/categories/integrity/repair', { token: manager.token, headers })).body;
  const stateOf = () => shop.query<{ id: string }>('SELECT * FROM categories ORDER BY id');
  const placeOf = async (id: string) => {
    const { parentId, path, level } = (await shop.call('get', `/v1/categories/${id}`)).body;
    return { parentId, path, level };
  };
  const LEVELS = 'level >= 0 AND length(path) = 37 * (level + 1) + 1 AND (level = 0) = (parent_id IS NULL)';

  /** Runs statements as a superuser whom no trigger and no foreign key stops, and who puts the CHECK of levels away. */
  async function breakTree(...statements: readonly (readonly [sql: string, values: readonly unknown[]])[]): Promise<void> {
    const url = new URL(process.env.TEST_DATABASE_URL ?? '');
    url.pathname = new URL(shop.env.DATABASE_URL ?? '').pathname;
    await withClient(url.href, async (superuser) => {
      await superuser.query('SET session_replication_role = replica; ALTER TABLE categories DROP CONSTRAINT categories_level_check');
      for (const [sql, values] of statements) await superuser.query(sql, [...values]);
    });
  }

  test('is found row by row, and mended in one audited transaction, after a dry run that changes nothing', async () => {
    expect(await integrity()).toMatchObject({ isClean: true, breaks: [] });
    const home = await makeCategory('Home');
    const [x, orphan, hidden, lost] = [
      await makeCategory('X', home),
      await makeCategory('Orphan', home),
      await makeCategory('Hidden', home),
      await makeCategory('Lost'),
    ];
    const [y, below, child] = [await makeCategory('Y', x), await makeCategory('Below', hidden), await makeCategory('Child', orphan)];
    const z = await makeCategory('Z', y);
    await breakTree(
      ['UPDATE categories SET parent_id = $2 WHERE id = $1', [x, z]],
      ['UPDATE categories SET parent_id = $2 WHERE id = $1', [orphan, MISSING]],
      ['UPDATE categories SET deleted_at = now() WHERE id = $1', [hidden]],
      [`UPDATE categories SET path = '/' || $2::text || path, level = 7 WHERE id = $1`, [lost, MISSING]],
      [`UPDATE categories SET position = 0 WHERE id IN ($1, $2)`, [wide, top]],
      ['UPDATE categories SET position = 0 WHERE id = $1', [home]],
    );
    const report = await integrity();
    expect(report).toMatchObject({
      isClean: false,
      counts: { cycle: 3, orphan: 1, deleted_parent: 1, wrong_path: 2, wrong_level: 2, same_position: 2 },
    });
    const named = (kind: string) => report.breaks.filter((each: { kind: string }) => each.kind === kind).map(({ id }: Node) => id);
    expect([named('cycle'), named('orphan'), named('deleted_parent'), named('same_position')]).toEqual([
      [x, y, z].sort(),
      [orphan],
      [below],
      [top, home].sort(),
    ]);
    expect([named('wrong_path'), named('wrong_level')]).toEqual([[x, lost].sort(), [x, lost].sort()]);

    const broken = await stateOf();
    const { preview, ...tried } = await repair({ Prefer: 'dry-run' });
    expect(tried.found).toEqual(report);
    expect(preview.changes).toHaveLength(tried.changed);
    expect(await stateOf()).toEqual(broken);

    expect(await repair()).toMatchObject({ changed: tried.changed, found: { isClean: false } });
    expect(await integrity()).toMatchObject({ isClean: true, counts: { cycle: 0, same_position: 0 } });
    await shop.query(`ALTER TABLE categories ADD CONSTRAINT categories_level_check CHECK (${LEVELS})`);
    expect(await placeOf(z)).toEqual({ parentId: y, path: `/${home}/${x}/${y}/${z}/`, level: 3 });
    expect(await placeOf(child)).toEqual({ parentId: orphan, path: `/${home}/${orphan}/${child}/`, level: 2 });
    expect(await placeOf(below)).toEqual({ parentId: home, path: `/${home}/${below}/`, level: 1 });
    expect(await placeOf(lost)).toEqual({ parentId: null, path: `/${lost}/`, level: 0 });
    expect(await repair()).toMatchObject({ changed: 0, found: { isClean: true } });
    const [log] = await shop.query(
      `SELECT count(*)::int AS rows, count(DISTINCT change_set_id)::int AS sets FROM audit_logs
      WHERE change_set_id = (SELECT change_set_id FROM audit_logs WHERE record_id = $1::uuid ORDER BY feed_position DESC, id DESC LIMIT 1)`,
      [x],
    );
    expect(log).toEqual({ rows: tried.changed, sets: 1 });
  });
});
