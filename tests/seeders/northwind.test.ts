import { Decimal } from 'decimal.js';
import type { Sequelize } from 'sequelize';
import { validate, version } from 'uuid';
import { loadNorthwind } from '../../seeders/northwind/load-northwind';
import { categoryId, customerId, employeeId, orderId, productId } from '../../seeders/northwind/northwind-ids';
import { readNorthwind } from '../../seeders/northwind/source';
import { type OpenShop, openShop } from './support/open-shop';
import { contentOf, guardsOf, rowOf, rowsOf } from './support/snapshot';

describe('the demo shop, Northwind', () => {
  const source = readNorthwind();
  const lines = source.orders.flatMap((order) => order.lines);
  let shop: OpenShop;
  let sequelize: Sequelize;
  let guards: object[];

  beforeAll(async () => {
    shop = await openShop();
    sequelize = shop.sequelize;
    guards = await guardsOf(sequelize);
    await loadNorthwind(sequelize);
  });

  afterAll(() => shop.close());

  it('has every row of the source', async () => {
    const counts = await rowOf(
      sequelize,
      `SELECT (SELECT count(*)::int FROM categories) AS categories, (SELECT count(*)::int FROM products) AS products,
        (SELECT count(*)::int FROM products WHERE status = 'discontinued') AS discontinued,
        (SELECT count(*)::int FROM users JOIN user_roles ON user_id = users.id JOIN roles ON role_id = roles.id WHERE name = 'customer') AS customers,
        (SELECT count(*)::int FROM users JOIN user_roles ON user_id = users.id JOIN roles ON role_id = roles.id WHERE name = 'manager') AS managers,
        (SELECT count(*)::int FROM users JOIN user_roles ON user_id = users.id JOIN roles ON role_id = roles.id WHERE name = 'support') AS support,
        (SELECT count(*)::int FROM profiles) AS profiles, (SELECT count(*)::int FROM orders) AS orders,
        (SELECT count(*)::int FROM orders WHERE status = 'shipped') AS shipped, (SELECT count(*)::int FROM orders WHERE status = 'paid') AS paid,
        (SELECT count(*)::int FROM order_items) AS lines`,
    );
    expect(counts).toEqual({
      categories: 8,
      products: 77,
      discontinued: 8,
      customers: 91,
      managers: 2,
      support: 7,
      profiles: 100,
      orders: 830,
      shipped: 809,
      paid: 21,
      lines: 2155,
    });
  });

  it('has the sums of the source', async () => {
    const sums = await rowOf(
      sequelize,
      `SELECT sum(subtotal)::text AS subtotal, sum(discount)::text AS discount, sum(shipping)::text AS shipping, sum(tax)::text AS tax, sum(total)::text AS total
       FROM orders`,
    );
    // Microsoft's well-known figures: 1,354,458.59 before discounts, 64,942.69 of freight, 1,265,793.0395 after discounts. Rounding
    // each line's discount to cents, as money must be, takes 0.2795 off the last: 81 of the lines have a discount of broken cents.
    expect(sums).toEqual({ subtotal: '1354458.59', discount: '88665.83', shipping: '64942.69', tax: '0.00', total: '1330735.45' });
    const exact = sum(
      lines.map(([, quantity, price, discount]) => new Decimal(price).times(quantity).times(new Decimal(1).minus(discount))),
    );
    expect(exact.toString()).toBe('1265793.0395');
    expect(exact.minus(new Decimal(1_330_735.45).minus('64942.69')).toString()).toBe('0.2795');
  });

  it('rounds each order to within half a cent per item of the source', async () => {
    const loaded = await rowsOf<{ number: string; net: string; shipping: string }>(
      sequelize,
      'SELECT order_number AS number, (subtotal - discount)::text AS net, shipping::text AS shipping FROM orders',
    );
    const byNumber = new Map(loaded.map((order) => [order.number, order]));
    for (const order of source.orders) {
      const found = byNumber.get(`NW-${order.orderId}`);
      const exact = sum(
        order.lines.map(([, quantity, price, discount]) => new Decimal(price).times(quantity).times(new Decimal(1).minus(discount))),
      );
      expect(
        exact
          .minus(found?.net ?? 0)
          .abs()
          .toNumber(),
      ).toBeLessThanOrEqual(0.005 * order.lines.length);
      expect(found?.shipping).toBe(order.freight);
    }
  });

  it('has totals that add up', async () => {
    const wrong = await rowsOf(
      sequelize,
      `SELECT order_number FROM orders JOIN (
         SELECT order_id, sum(quantity * unit_price) AS subtotal, sum(discount) AS discount FROM order_items GROUP BY order_id
       ) AS lines ON order_id = orders.id
       WHERE orders.subtotal <> lines.subtotal OR orders.discount <> lines.discount
         OR total <> orders.subtotal - orders.discount + shipping + tax`,
    );
    expect(wrong).toEqual([]);
  });

  it('has a stock ledger that ends at the stock of the source, item by item', async () => {
    const wrong = await rowsOf(
      sequelize,
      `SELECT product_id FROM (
         SELECT product_id, quantity_after, sum(delta) OVER (PARTITION BY product_id ORDER BY created_at, id) AS running FROM stock_movements
       ) AS ledger WHERE running <> quantity_after`,
    );
    expect(wrong).toEqual([]);
    const stocks = await rowsOf<{ sku: string; stock: number; ledger: number; sold: number; opening: number }>(
      sequelize,
      `SELECT sku, stock_quantity AS stock, sum(delta)::int AS ledger, -sum(delta) FILTER (WHERE reason = 'order')::int AS sold,
        max(delta) FILTER (WHERE note = 'opening count')::int AS opening
       FROM products JOIN stock_movements ON product_id = products.id GROUP BY products.id ORDER BY sku`,
    );
    const expected = source.products.map(({ productId: product, unitsInStock }) => {
      const sold = lines.filter(([id]) => id === product).reduce((all, [, quantity]) => all + quantity, 0);
      return {
        sku: `NW-${String(product).padStart(3, '0')}`,
        stock: unitsInStock,
        ledger: unitsInStock,
        sold,
        opening: unitsInStock + sold,
      };
    });
    expect(stocks).toEqual(expected);
  });

  it('names the order in each stock movement, on the day of the order', async () => {
    const wrong = await rowsOf(
      sequelize,
      `SELECT order_items.id FROM order_items JOIN orders ON orders.id = order_id
       LEFT JOIN stock_movements AS movement ON movement.order_id = orders.id AND movement.product_id = order_items.product_id
         AND movement.delta = -quantity AND movement.created_at = placed_at
       WHERE movement.id IS NULL`,
    );
    expect(wrong).toEqual([]);
  });

  it('has a balance ledger that agrees with every balance', async () => {
    expect(
      await rowOf(sequelize, 'SELECT count(*)::int AS entries, (SELECT sum(balance)::text FROM users) AS balance FROM balance_entries'),
    ).toEqual({
      entries: 0,
      balance: '0.00',
    });
  });

  it('keeps names as the source spells them', async () => {
    const address = await rowsOf<{ city: string; name: string }>(
      sequelize,
      `SELECT address ->> 'city' AS city, display_name AS name FROM profiles WHERE display_name IN ('Frankenversand', 'Vaffeljernet', 'Que Delícia') ORDER BY 2`,
    );
    expect(address).toEqual([
      { city: 'München', name: 'Frankenversand' },
      { city: 'Rio de Janeiro', name: 'Que Delícia' },
      { city: 'Århus', name: 'Vaffeljernet' },
    ]);
    expect(await rowsOf(sequelize, `SELECT name, slug FROM products WHERE sku = 'NW-077'`)).toEqual([
      { name: 'Original Frankfurter grüne Soße', slug: 'original-frankfurter-grune-sosse' },
    ]);
    expect(await rowsOf(sequelize, `SELECT description FROM categories WHERE slug = 'beverages'`)).toEqual([
      { description: 'Soft drinks, coffees, teas, beers, and ales' },
    ]);
  });

  it('has products 1, 2 and 15 as their orders show them', async () => {
    const changed = await rowsOf(
      sequelize,
      `SELECT sku, status, price, brand, attributes ->> 'quantityPerUnit' AS unit FROM products WHERE sku IN ('NW-001', 'NW-002', 'NW-015') ORDER BY sku`,
    );
    expect(changed).toEqual([
      { sku: 'NW-001', status: 'active', price: '18.00', brand: 'Exotic Liquids', unit: '10 boxes x 20 bags' },
      { sku: 'NW-002', status: 'active', price: '19.00', brand: 'Exotic Liquids', unit: '24 - 12 oz bottles' },
      { sku: 'NW-015', status: 'active', price: '15.50', brand: "Mayumi's", unit: '24 - 250 ml bottles' },
    ]);
  });

  it('has no user who can log in or receive mail', async () => {
    expect(await rowsOf(sequelize, `SELECT id FROM users WHERE password_hash IS NOT NULL OR email NOT LIKE '%@northwind.example'`)).toEqual(
      [],
    );
  });

  it('has the ids that documents and tests name', async () => {
    const ids = await rowOf(
      sequelize,
      `SELECT (SELECT id FROM products WHERE slug = 'chai') AS product, (SELECT id FROM categories WHERE slug = 'seafood') AS category,
        (SELECT id FROM orders WHERE order_number = 'NW-10248') AS first_order, (SELECT id FROM users WHERE username = 'alfki') AS customer,
        (SELECT id FROM users WHERE username = 'nancy.davolio') AS employee`,
    );
    expect(ids).toEqual({
      product: productId(1),
      category: categoryId(8),
      first_order: orderId(10248, '1996-07-04'),
      customer: customerId(1),
      employee: employeeId(1),
    });
    expect(productId(1)).toBe('00c2b02a-0800-7107-8000-000000000001');
    expect(orderId(10248, '1996-07-04')).toBe('00c2bf9d-1c00-710b-8000-000000010248');
    expect(Object.values(ids).map((id) => [validate(id), version(id)])).toEqual(Array(5).fill([true, 7]));
  });

  it('is in the audit log, row by row, as loaded by the seeder', async () => {
    const logged = await rowsOf(
      sequelize,
      `SELECT actor, action, count(*)::int AS count FROM audit_logs WHERE table_name = 'orders' GROUP BY 1, 2`,
    );
    expect(logged).toEqual([{ actor: 'system:seed', action: 'CREATE', count: 830 }]);
  });

  it('keeps the guards of the ledgers', async () => {
    expect(await guardsOf(sequelize)).toEqual(guards);
  });

  it('changes nothing when it is loaded again, even after a sale and a deletion', async () => {
    await sequelize.query(
      `UPDATE products SET stock_quantity = stock_quantity - 1 WHERE sku = 'NW-001'; UPDATE products SET deleted_at = now() WHERE sku = 'NW-005'`,
    );
    const before = await contentOf(sequelize);
    expect(await loadNorthwind(sequelize)).toBeNull();
    expect(await contentOf(sequelize)).toEqual(before);
  });
});

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}
