import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Ctx } from '../../../src/context/context';
import { unitOfWork } from '../../../src/database/transaction/unit-of-work';
import { expireOrders } from '../../../src/sales/orders/expiry/expire-orders.queue';
import { newReference } from '../../sales/payments/support/fake-provider';
import { askFor, placeOrders, type Stage, senderTo, successOf } from './stage';

const BATCH = 100;

const ENDS = `SELECT o.status || ', ' || coalesce(p.status, 'no payment') AS ending, count(*)::int AS count
  FROM orders o LEFT JOIN payments p ON p.order_id = o.id WHERE o.id = ANY ($1::uuid[]) GROUP BY 1`;
/* Only what orders move here: the stock that the products began with, less what is pending or paid. */
const DRIFT = `SELECT count(*)::int FROM products p WHERE stock_quantity <> (SELECT sum(delta) FROM stock_movements m WHERE m.product_id = p.id)
  OR stock_quantity <> $1::int - (SELECT coalesce(sum(i.quantity), 0) FROM order_items i JOIN orders o ON o.id = i.order_id
    WHERE i.product_id = p.id AND o.status <> 'cancelled')`;

/** Lets orders expire in one process at the moment at which two others hear that they are paid; prints how they ended, returns the breaches. */
export async function expiryRaces(
  stage: Stage,
  ctx: Ctx,
  races: number,
  openingStock: number,
  print: (line: string) => void,
): Promise<number> {
  const endings = new Map<string, number>();
  for (let done = 0; done < races; done += BATCH) {
    const orders = await placeOrders(stage, Math.min(BATCH, races - done));
    const ids = orders.map(({ id }) => id);
    await stage.database.query('UPDATE orders SET expires_at = now() WHERE id = ANY ($1::uuid[])', [ids]);
    const messages = orders.map((order) => successOf(stage, order, newReference()));
    await Promise.all([sweepSoon(ctx), stage.provider.deliver(messages, { times: 1, inFlight: 8 }, senderTo(stage))]);
    await sweep(ctx);
    const { rows } = await stage.database.query<{ ending: string; count: number }>(ENDS, [ids]);
    for (const { ending, count } of rows) endings.set(ending, (endings.get(ending) ?? 0) + count);
  }
  for (const [ending, count] of endings) print(`${ending} | ${count}`);
  const breaches = [...endings].filter(([ending]) => ending !== 'paid, received' && ending !== 'cancelled, refund_due').length;
  const drift = await askFor<number>(stage.database, DRIFT, [openingStock]);
  print(`products whose stock differs from their ledger or their orders | ${drift}`);
  return breaches + drift;
}

async function sweepSoon(ctx: Ctx): Promise<void> {
  await delay(randomInt(500));
  for (let turn = 0; turn < 4; turn += 1) await sweep(ctx);
}

function sweep(ctx: Ctx): Promise<void> {
  if (expireOrders.transaction !== 'managed') throw new Error('The queue expects to open its own units of work.');
  const job = { id: 'race', data: { once: true }, attempt: 1, signal: AbortSignal.timeout(30_000) };
  return unitOfWork(ctx, (tx) => (expireOrders.transaction === 'managed' ? expireOrders.work(tx, job) : Promise.resolve()));
}
