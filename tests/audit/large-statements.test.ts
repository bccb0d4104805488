import { useShop } from '../support/use-shop';

const LARGE = 10_000;

/* One connection, so that it has kept the plans of the small statements. */
const { shop } = useShop({}, { DB_POOL_MAX: '1', STATEMENT_TIMEOUT_MS: '30000' });

test('records a change of 10,000 prices and stocks in one statement, after many small ones', async () => {
  await shop.query(
    `INSERT INTO products (id, name, slug, sku, price) SELECT uuid_v7(), 'Chai ' || n, 'chai-' || n, 'CHAI-' || n, 18 FROM generate_series(1, ${LARGE}) n`,
  );
  for (let n = 1; n <= 20; n++) await shop.query(`UPDATE products SET price = price + 1, stock_quantity = 5 WHERE sku = $1`, [`CHAI-${n}`]);
  await shop.query('UPDATE products SET price = price + 1, stock_quantity = stock_quantity + 1');
  const recorded = await shop.query(
    `SELECT (SELECT count(*)::int FROM audit_logs WHERE table_name = 'products' AND action = 'UPDATE' AND old_values ? 'price') AS changes,
       (SELECT count(*)::int FROM stock_movements) AS movements, (SELECT count(*)::int FROM price_entries) AS prices`,
  );
  expect(recorded).toEqual([{ changes: LARGE + 20, movements: LARGE + 20, prices: 2 * LARGE + 20 }]);
}, 60_000);

test('records a row that is written with many as it records one that is written with few', async () => {
  await shop.query(
    `INSERT INTO categories (id, name, slug, path, level) SELECT id, 'Shelf ' || n, 'shelf-' || n, '/' || id || '/', 0
     FROM (SELECT uuid_v7() AS id, n FROM generate_series(1, 300) n) c`,
  );
  const changes = [
    `description = 'Says "Tea", Café'`,
    `description = NULL, name = name || 'a'`,
    'deleted_at = $1, deleted_with = uuid_v7()',
    'deleted_at = NULL',
    'position = position + 1000',
    'updated_at = now()',
  ];
  const few = 'slug IN (SELECT slug FROM categories ORDER BY slug LIMIT 5)';
  for (const change of changes) {
    for (const [rows, marked] of [
      [few, 'few'],
      [`NOT ${few}`, 'many'],
    ]) {
      await shop.query(`SELECT set_config('app.reason', '${marked} ${changes.indexOf(change)}', false)`);
      await shop.query(`UPDATE categories SET ${change.replace('$1', `'2026-01-31T00:00:00.5Z'`)} WHERE ${rows}`);
    }
  }
  await shop.query(`SELECT set_config('app.reason', '', false)`);
  /* Names, positions and ids differ from row to row. */
  const shapes = await shop.query<{ reason: string; rows: number; entry: string }>(
    `SELECT reason, count(*)::int AS rows, action || regexp_replace(old_values::text || new_values::text,
       '"(name|deleted_with)": "[^"]*"|"position": [0-9]+', '\\1', 'g') AS entry
     FROM audit_logs WHERE reason <> '' GROUP BY 1, 3 ORDER BY 1`,
  );
  const entriesOf = (marked: string) =>
    shapes.filter(({ reason }) => reason.startsWith(marked)).map(({ reason, entry }) => [reason.slice(-1), entry]);
  expect(entriesOf('many')).toEqual(entriesOf('few'));
  expect(shapes.map(({ rows }) => rows)).toEqual([...Array(5).fill(5), ...Array(5).fill(295)]);
});
