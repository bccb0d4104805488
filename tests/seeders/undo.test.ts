import type { Sequelize } from 'sequelize';
import { loadNorthwind, unloadNorthwind } from '../../seeders/northwind/load-northwind';
import { customerId, productId } from '../../seeders/northwind/northwind-ids';
import { type OpenShop, openShop } from './support/open-shop';
import { contentOf, guardsOf, rowsOf } from './support/snapshot';

/** A real customer's order of a demo product, as the shop would place it. */
const realOrder = `
  INSERT INTO users (id, email, username, first_name, last_name) VALUES ('01900000-0000-7000-8000-000000000001', 'a@shop.example', 'someone', 'A', 'B');
  BEGIN;
  INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, total, placed_at)
  VALUES ('01900000-0000-7000-8000-000000000002', 'SK-1', '01900000-0000-7000-8000-000000000001', 'pending', 'external', 18, 18, now());
  INSERT INTO order_items (id, order_id, product_id, product_name, sku, quantity, unit_price, subtotal)
  VALUES ('01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000002', '${productId(1)}', 'Chai', 'NW-001', 1, 18, 18);
  UPDATE products SET stock_quantity = stock_quantity - 1 WHERE id = '${productId(1)}';
  COMMIT`;

describe('undoing the demo shop', () => {
  let shop: OpenShop;
  let sequelize: Sequelize;
  let empty: Record<string, string>;
  let guards: object[];

  beforeEach(async () => {
    shop = await openShop();
    sequelize = shop.sequelize;
    empty = await contentOf(sequelize);
    guards = await guardsOf(sequelize);
    await loadNorthwind(sequelize);
  });

  afterEach(() => shop.close());

  it('leaves nothing: no row, no entry in the books or the audit log, and every guard in place', async () => {
    await unloadNorthwind(sequelize);
    expect(await contentOf(sequelize)).toEqual(empty);
    expect(await guardsOf(sequelize)).toEqual(guards);
  });

  it('leaves nothing of what was changed in the demo rows since, either', async () => {
    await sequelize.query(`
      UPDATE products SET stock_quantity = stock_quantity + 5, price = 1 WHERE sku = 'NW-001';
      UPDATE products SET deleted_at = now() WHERE sku = 'NW-005';
      INSERT INTO product_images (id, product_id, url) VALUES (uuid_v7(), '${productId(1)}', 'https://shop.example/chai.webp');
      UPDATE users SET balance = 20 WHERE username = 'alfki';
      UPDATE orders SET status = 'completed', completed_at = now() WHERE order_number = 'NW-10248';
      INSERT INTO refunds (id, order_id, amount) SELECT uuid_v7(), id, 1 FROM orders WHERE order_number = 'NW-10248';
      BEGIN;
      SELECT set_config('app.refund_id', id::text, true), set_config('app.stock_reason', 'refund', true) FROM refunds;
      UPDATE products SET stock_quantity = stock_quantity + 1 WHERE sku = 'NW-011';
      COMMIT`);
    await unloadNorthwind(sequelize);
    expect(await contentOf(sequelize)).toEqual(empty);
  });

  it('keeps the history of others in the books and the audit log', async () => {
    await sequelize.query(
      `INSERT INTO products (id, name, slug, sku, price, stock_quantity) VALUES (uuid_v7(), 'Real', 'real', 'REAL-1', 1, 7)`,
    );
    await unloadNorthwind(sequelize);
    expect(await rowsOf(sequelize, 'SELECT delta FROM stock_movements')).toEqual([{ delta: 7 }]);
    expect(await rowsOf(sequelize, `SELECT action FROM audit_logs WHERE table_name = 'products'`)).toEqual([{ action: 'CREATE' }]);
  });

  it.each([
    ['a real order names a demo product', realOrder, 'order_items.product_id (1)'],
    [
      'a demo customer has a new order',
      `INSERT INTO orders (id, order_number, user_id, status, payment_method, subtotal, total, placed_at)
       VALUES (uuid_v7(), 'SK-2', '${customerId(1)}', 'pending', 'external', 0, 0, now())`,
      'orders.user_id (1)',
    ],
    [
      'a real product stands in a demo category',
      `INSERT INTO products (id, name, slug, sku, price, category_id) SELECT uuid_v7(), 'Real', 'real', 'REAL-1', 1, id FROM categories WHERE slug = 'seafood'`,
      'products.category_id (1)',
    ],
    [
      'a demo user created a real tag, which a foreign key would set to null',
      `INSERT INTO tags (id, name, slug, created_by) VALUES (uuid_v7(), 'Real', 'real', '${customerId(1)}')`,
      'tags.created_by (1), tags.updated_by (1)',
    ],
  ])('refuses the undo where %s, and removes nothing', async (_case, sql, places) => {
    await sequelize.query(sql);
    const before = await contentOf(sequelize);
    await expect(unloadNorthwind(sequelize)).rejects.toThrow(places);
    expect(await contentOf(sequelize)).toEqual(before);
    expect(await guardsOf(sequelize)).toEqual(guards);
  });

  it('keeps the ledgers append-only', async () => {
    await unloadNorthwind(sequelize);
    await sequelize.query(`
      INSERT INTO products (id, name, slug, sku, price, stock_quantity) VALUES (uuid_v7(), 'Real', 'real', 'REAL-1', 1, 7);
      INSERT INTO users (id, email, username, first_name, last_name, balance) VALUES (uuid_v7(), 'a@shop.example', 'someone', 'A', 'B', 5)`);
    for (const table of ['audit_logs', 'stock_movements', 'balance_entries']) {
      await expect(sequelize.query(`DELETE FROM ${table}`)).rejects.toMatchObject({ original: { code: '42501' } });
    }
  });

  it('can be loaded again, with the same content', async () => {
    const products = 'SELECT md5(string_agg(products::text, NULL ORDER BY id)) AS digest FROM products';
    const before = await rowsOf(sequelize, products);
    await unloadNorthwind(sequelize);
    await loadNorthwind(sequelize);
    expect(await rowsOf(sequelize, products)).toEqual(before);
  });
});
