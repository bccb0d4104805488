import { useShop } from '../support/use-shop';

const LARGE = 10_000;

/* One connection, so that it has kept the plans of the small statements. */
const { shop } = useShop({}, { DB_POOL_MAX: '1' });

test('records a change of 10,000 prices and stocks in one statement, after many small ones', async () => {
  await shop.query(
    `INSERT INTO products (id, name, slug, sku, price) SELECT uuid_v7(), 'Chai ' || n, 'chai-' || n, 'CHAI-' || n, 18 FROM generate_series(1, ${LARGE}) n`,
  );
  for (let n = 1; n <= 20; n++) await shop.query(`UPDATE products SET price = price + 1, stock_quantity = 5 WHERE sku = $1`, [`CHAI-${n}`]);
  await shop.query('UPDATE products SET price = price + 1, stock_quantity = stock_quantity + 1');
  const recorded = await shop.query(
    `SELECT (SELECT count(*)::int FROM audit_logs WHERE table_name = 'products' AND action = 'UPDATE' AND old_values ? 'price') AS changes,
       (SELECT count(*)::int FROM stock_movements) AS movements`,
  );
  expect(recorded).toEqual([{ changes: LARGE + 20, movements: LARGE + 20 }]);
}, 60_000);
