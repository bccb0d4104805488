import { Client } from 'pg';
import type { Response } from 'supertest';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const ORDERS = 24;
const BAD = 7;
const WAITS = 4_242;

beforeAll(async () => {
  await shop.query(`CREATE FUNCTION do_as_noted() RETURNS trigger LANGUAGE plpgsql AS '
    BEGIN
      IF NEW.note = ''wait'' THEN PERFORM pg_advisory_xact_lock(${WAITS});
      ELSIF NEW.note ~ ''^raise '' THEN RAISE ''as noted'' USING ERRCODE = substr(NEW.note, 7);
      END IF;
      RETURN NEW;
    END'`);
  await shop.query(
    'CREATE TRIGGER do_as_noted BEFORE INSERT ON orders FOR EACH ROW WHEN (NEW.note IS NOT NULL) EXECUTE FUNCTION do_as_noted()',
  );
});

const place = (productId: string, note?: string) =>
  shop.call('post', '/v1/orders', {
    token: buyer.token,
    body: { items: [{ productId, quantity: 1 }], paymentMethod: 'external', ...(note !== undefined && { note }) },
  });
const placeAll = (products: readonly string[], note: string) =>
  Array.from({ length: ORDERS }, (_, n) => place(products[n % products.length] ?? '', n === BAD ? note : undefined));
const companions = <T>(all: readonly T[]) => all.filter((_, n) => n !== BAD);

const RAISED = [
  { sqlstate: '57014', status: 503, code: 'unavailable' },
  { sqlstate: '58030', status: 503, code: 'unavailable' },
  { sqlstate: '53100', status: 503, code: 'unavailable' },
  { sqlstate: 'XX000', status: 500, code: 'internal_error' },
  { sqlstate: '25P02', status: 500, code: 'internal_error' },
];

test.each(RAISED)(
  'fails only the order for which PostgreSQL raises $sqlstate, and places its companions',
  async ({ sqlstate, ...refusal }) => {
    const productId = await makeProduct(shop, manager, { stockQuantity: ORDERS });
    const responses = await Promise.all(placeAll([productId], `raise ${sqlstate}`));
    expect(companions(responses).map(({ status }) => status)).toEqual(Array(ORDERS - 1).fill(201));
    expect(responses[BAD]?.body).toMatchObject(refusal);
    expect(await stockOf(shop, productId)).toEqual({ stock: 1, ledger: 1 });
  },
);

test('places the companions of an order whose waiting group was cancelled, and the order itself once it may go on', async () => {
  const products = await Promise.all(Array.from({ length: ORDERS }, () => makeProduct(shop, manager, { stockQuantity: 1 })));
  const holder = new Client({ connectionString: shop.env.MIGRATION_DATABASE_URL });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [WAITS]);
  const orders = placeAll(products, 'wait');
  const placed: Response[] = [];
  const counting = companions(orders).map((order) => order.then((response) => placed.push(response)));
  // The first to wait is the group; once it is cancelled, the order waits alone.
  const CANCEL = `SELECT pg_cancel_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${WAITS} AND NOT granted`;
  while ((await shop.query(CANCEL)).length === 0);
  await Promise.all(counting);
  expect(placed.map(({ status }) => status)).toEqual(Array(ORDERS - 1).fill(201));
  await holder.end();
  expect((await orders[BAD])?.status).toBe(201);
  for (const id of products) expect(await stockOf(shop, id)).toEqual({ stock: 0, ledger: 0 });
});
