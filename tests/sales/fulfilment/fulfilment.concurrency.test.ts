import fc from 'fast-check';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

/* `npm run test:fulfilment` takes many more. */
const ORDERS = Number(process.env.FULFILMENT_ORDERS ?? 4);
const AT_ONCE = 4;
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);

const { shop, manager, buyer } = useShop(
  { manager: 'manager', buyer: 'customer' },
  { MAX_UNPAID_ORDERS_PER_ACCOUNT: 'off', MAX_UNPAID_UNITS_PER_ACCOUNT: 'off' },
);
let productIds: string[];

beforeAll(async () => {
  productIds = await Promise.all(['10.00', '3.33', '0.07'].map((price) => makeProduct(shop, manager, { price, stockQuantity: 100_000 })));
  const body = { amount: '100000.00', kind: 'credit' };
  await shop.call('post', `/v1/users/${buyer.id}/balance/entries`, { token: manager.token, body });
});

type Reply = Awaited<ReturnType<typeof shop.call>>;
type Step = (orderId: string) => Promise<readonly Reply[]>;

const post = (path: string, body?: unknown, token = manager.token) =>
  shop.call('post', path, { token, ...(body !== undefined && { body }) });
const pieces = (product: number, quantity: number) => [{ productId: productIds[product], quantity }];

/* What may happen to an order at the same time, by whoever. */
const STEPS: Readonly<Record<string, Step>> = {
  shipOne: async (id) => [await post(`/v1/orders/${id}/shipments`, { items: pieces(0, 1) })],
  shipTwo: async (id) => [await post(`/v1/orders/${id}/shipments`, { items: [...pieces(0, 2), ...pieces(1, 1)] })],
  shipAll: async (id) => [await post(`/v1/orders/${id}/ship`)],
  cancel: async (id) => [await post(`/v1/orders/${id}/cancel`, undefined, buyer.token)],
  refundAmount: async (id) => [await post(`/v1/orders/${id}/refunds`, { amount: '4.44', restock: pieces(1, 1) })],
  refundPieces: async (id) => [await post(`/v1/orders/${id}/refunds`, { items: [...pieces(0, 1), ...pieces(1, 2)], restockItems: true })],
  refundRest: async (id) => [await post(`/v1/orders/${id}/refunds`, { items: pieces(2, 5) })],
  sendBack: async (id) => {
    const asked = await post(`/v1/orders/${id}/returns`, { items: pieces(0, 2) }, buyer.token);
    if (asked.status !== 201) return [asked];
    const path = `/v1/returns/${asked.body.id}`;
    const moved = [await post(`${path}/accept`), await post(`${path}/receive`, { restock: true })];
    return [asked, ...moved, await post(`/v1/orders/${id}/refunds`, { returnId: asked.body.id }), await post(`${path}/close`)];
  },
  withdraw: async (id) => {
    const asked = await post(`/v1/orders/${id}/withdrawals`, {}, buyer.token);
    if (asked.status !== 201) return [asked];
    const confirm = () => post(`/v1/returns/${asked.body.id}/confirm`, { token: asked.body.confirmationToken }, buyer.token);
    return [asked, ...(await Promise.all([confirm(), confirm()]))];
  },
};

async function place(): Promise<string> {
  const items = [...pieces(0, 4), ...pieces(1, 3), ...pieces(2, 5)];
  const { status, body } = await post('/v1/orders', { items, paymentMethod: 'balance' }, buyer.token);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

/* Each names what breaks it. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'no more is shipped than was ordered': `SELECT i.id FROM order_items i JOIN shipment_items s ON s.order_item_id = i.id
    GROUP BY i.id HAVING sum(s.quantity) > i.quantity`,
  'no more comes back than was shipped': 'SELECT p.* FROM orders o, pieces_of_order(o.id) p WHERE p.returned > p.shipped',
  'no piece is refunded twice': 'SELECT p.* FROM orders o, pieces_of_order(o.id) p WHERE p.refunded > p.ordered',
  'no more is refunded than was paid': `SELECT o.id FROM orders o JOIN refunds f ON f.order_id = o.id
    GROUP BY o.id HAVING sum(f.amount) > o.total`,
  'no more goes back to stock than was sold': `SELECT m.order_id FROM stock_movements m WHERE m.order_id IS NOT NULL
    GROUP BY m.order_id, m.product_id HAVING sum(m.delta) > 0`,
  'the status says what is shipped': `SELECT o.id, o.status FROM orders o, LATERAL (
      SELECT sum(shipped) AS shipped, sum(to_ship) AS to_ship FROM pieces_of_order(o.id)) p
    WHERE CASE o.status WHEN 'partly_shipped' THEN p.shipped = 0 OR p.to_ship = 0 WHEN 'shipped' THEN p.to_ship > 0
      WHEN 'paid' THEN p.shipped > 0 WHEN 'cancelled' THEN p.shipped > 0 ELSE false END`,
  'a wholly refunded order is refunded or cancelled': `SELECT o.id, o.status FROM orders o JOIN refunds f ON f.order_id = o.id
    GROUP BY o.id HAVING (sum(f.amount) = o.total) <> (o.status IN ('refunded', 'cancelled'))`,
  'stock equals its ledger': `SELECT p.id FROM products p WHERE p.stock_quantity <>
    (SELECT coalesce(sum(delta), 0) FROM stock_movements WHERE product_id = p.id)`,
  'balances equal their ledger': `SELECT u.id FROM users u WHERE u.balance <>
    (SELECT coalesce(sum(amount), 0) FROM balance_entries WHERE user_id = u.id)`,
};

test(`ships, returns, withdraws, refunds and cancels orders at once, and every count stays right (seed ${SEED})`, async () => {
  const schedules = fc.sample(fc.shuffledSubarray(Object.keys(STEPS), { minLength: 4 }), { seed: SEED, numRuns: ORDERS });
  const outcomes = new Map<string, number>();
  const wrong: unknown[] = [];
  const one = async (steps: readonly string[]) => {
    const id = await place();
    await Promise.all(
      steps.map(async (step) => {
        for (const { status, body } of (await STEPS[step]?.(id)) ?? []) {
          const outcome = `${step}: ${status}`;
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          if (![200, 201, 409].includes(status)) wrong.push(body);
        }
      }),
    );
  };
  for (let from = 0; from < schedules.length; from += AT_ONCE) await Promise.all(schedules.slice(from, from + AT_ONCE).map(one));
  if (process.env.FULFILMENT_ORDERS) process.stdout.write(`${JSON.stringify(Object.fromEntries([...outcomes].sort()), null, 2)}\n`);
  expect(wrong).toEqual([]);
  for (const [invariant, sql] of Object.entries(INVARIANTS)) expect([invariant, await shop.query(sql)]).toEqual([invariant, []]);
});
