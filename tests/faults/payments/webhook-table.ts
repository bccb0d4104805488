import { newReference } from '../../sales/payments/support/fake-provider';
import { askFor, cancelOrder, type Placed, placeOrders, type Stage, senderTo, successOf } from './stage';

interface Case {
  readonly name: string;
  /** How the orders end, and their payments, sorted. */
  readonly ends: string;
  /** Makes of an order the messages of its payments. */
  messagesOf(stage: Stage, order: Placed): ReturnType<typeof successOf>[];
  readonly isCancelled?: boolean;
}

/** Returns a payment's success and, beside it, a failed attempt of the same payment. */
const attempted = (stage: Stage, order: Placed, values: object = {}) => {
  const reference = newReference();
  const success = successOf(stage, order, reference, values);
  const { data } = JSON.parse(success.body) as { data: Record<string, unknown> };
  return [success, stage.provider.message({ type: 'payment.failed', data })];
};
/** Returns a payment's success and, beside it, that half of it and then the rest went back. */
const refunded = (stage: Stage, order: Placed) => {
  const reference = newReference();
  const part = (amount: string) =>
    stage.provider.message({ type: 'payment.refunded', data: { reference, amount, currency: order.currency } });
  return [successOf(stage, order, reference), part('1.00'), part((Number(order.total) - 1).toFixed(2))];
};

const CASES: readonly Case[] = [
  { name: 'the right amount, and a failed attempt', ends: 'paid: received', messagesOf: attempted },
  { name: 'a cent too little', ends: 'pending: held', messagesOf: (stage, order) => attempted(stage, order, { amount: '0.01' }) },
  { name: 'another currency', ends: 'pending: held', messagesOf: (stage, order) => attempted(stage, order, { currency: 'CHF' }) },
  {
    name: 'paid twice',
    ends: 'paid: received refund_due',
    messagesOf: (stage, order) => [...attempted(stage, order), ...attempted(stage, order)],
  },
  { name: 'cancelled before', isCancelled: true, ends: 'cancelled: refund_due', messagesOf: attempted },
  { name: 'cancelled before, and sent back in two parts', isCancelled: true, ends: 'cancelled: refunded', messagesOf: refunded },
];

const ENDS = `SELECT e.ending, count(*)::int AS count FROM (
    SELECT o.status || ': ' || coalesce(string_agg(p.status, ' ' ORDER BY p.status), '') AS ending
    FROM orders o LEFT JOIN payments p ON p.order_id = o.id WHERE o.id = ANY ($1::uuid[]) GROUP BY o.id
  ) e GROUP BY 1 ORDER BY 2 DESC`;

/** Sends each message three times, shuffled, late, eight at once to two processes, and prints a row per case; returns the breaches. */
export async function webhookTable(stage: Stage, ordersEach: number, print: (line: string) => void): Promise<number> {
  let breaches = 0;
  print('case | orders | messages | sent | not 200 | effects | ends');
  for (const { name, ends, isCancelled, messagesOf } of CASES) {
    const orders = await placeOrders(stage, ordersEach);
    const ids = orders.map(({ id }) => id);
    if (isCancelled) for (const { id } of orders) await cancelOrder(stage, id);
    const messages = orders.flatMap((order) => messagesOf(stage, order));
    const events = () => askFor<number>(stage.database, 'SELECT count(*)::int FROM payment_events');
    const earlier = await events();
    const responses = await stage.provider.deliver(messages, { times: 3, inFlight: 8, maxDelayMs: 3 }, senderTo(stage));
    const faults = responses.filter(({ status }) => status !== 200).length;
    const first = responses.filter(({ body }) => (body as { isRepeat?: boolean }).isRepeat === false).length;
    const effects = (await events()) - earlier;
    const { rows } = await stage.database.query<{ ending: string; count: number }>(ENDS, [ids]);
    const areRight = rows.length === 1 && rows[0]?.ending === ends && effects === messages.length && first === effects && faults === 0;
    if (!areRight) breaches += 1;
    const found = rows.map(({ ending, count }) => `${ending} (${count})`).join(', ');
    print(
      `${name} | ${orders.length} | ${messages.length} | ${responses.length} | ${faults} | ${effects} | ${found}${areRight ? '' : ' BREACH'}`,
    );
  }
  return breaches;
}
