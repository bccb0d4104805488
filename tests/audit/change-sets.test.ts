import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, manager, buyer, other } = useShop({ manager: 'manager', buyer: 'customer', other: 'customer' });

interface Change {
  readonly change_set_id: string;
  readonly xact_id: string;
  readonly table_name: string;
}

const changesOf = (requestId: string) =>
  shop.query<Change>('SELECT change_set_id, xact_id::text, table_name FROM audit_logs WHERE request_id = $1 ORDER BY id', [requestId]);

test('gives all rows of one unit of work the same change set and transaction', async () => {
  const email = 'change-set@example.com';
  const body = { email, username: 'change-set', password: 'correct horse battery', firstName: 'A', lastName: 'B' };
  await shop.call('post', '/v1/auth/register', { body, headers: { 'X-Request-Id': 'registering' } });
  const changes = await changesOf('registering');
  expect(changes.map(({ table_name }) => table_name).sort()).toEqual(['profiles', 'user_roles', 'users']);
  expect(new Set(changes.map(({ change_set_id }) => change_set_id)).size).toBe(1);
  expect(new Set(changes.map(({ xact_id }) => xact_id)).size).toBe(1);
});

test('gives each order of a shared transaction a change set of its own', async () => {
  const ids = await Promise.all(Array.from({ length: 24 }, () => makeProduct(shop, manager, { stockQuantity: 100 })));
  await Promise.all(
    ids.map((productId, n) =>
      shop.call('post', '/v1/orders', {
        token: (n % 2 === 0 ? buyer : other).token,
        body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external' },
        headers: { 'X-Request-Id': `order-${n}` },
      }),
    ),
  );
  const changes = await Promise.all(ids.map((_id, n) => changesOf(`order-${n}`)));
  for (const ofOrder of changes) {
    expect(ofOrder.map(({ table_name }) => table_name).sort()).toEqual(['order_items', 'orders', 'products']);
    expect(new Set(ofOrder.map(({ change_set_id }) => change_set_id)).size).toBe(1);
  }
  expect(new Set(changes.flat().map(({ change_set_id }) => change_set_id)).size).toBe(24);
  expect(new Set(changes.flat().map(({ xact_id }) => xact_id)).size).toBeLessThan(24);
});

test('gives a transaction outside the API one change set', async () => {
  await shop.sequelize.transaction(async (transaction) => {
    for (const name of ['One', 'Two'])
      await shop.sequelize.query(`INSERT INTO tags (id, name, slug) VALUES (uuid_v7(), $1, lower($1))`, { bind: [name], transaction });
  });
  await shop.query(`INSERT INTO tags (id, name, slug) VALUES (uuid_v7(), 'Three', 'three')`);
  const changes = await shop.query<Change & { name: string }>(
    `SELECT change_set_id, xact_id::text, new_values ->> 'name' AS name FROM audit_logs WHERE table_name = 'tags' ORDER BY id`,
  );
  expect(changes.map(({ name }) => name)).toEqual(['One', 'Two', 'Three']);
  const [one, two, three] = changes as unknown as [Change, Change, Change];
  expect([two.change_set_id, two.xact_id]).toEqual([one.change_set_id, one.xact_id]);
  expect(three.change_set_id).not.toBe(one.change_set_id);
});
