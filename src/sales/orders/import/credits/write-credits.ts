import { Decimal } from 'decimal.js';
import { v7 } from 'uuid';
import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { grouped, type OrderRow } from '../order-row';
import { type Candidate, CLOSE_ORDERS, FIND_CANDIDATES, FIND_CREDITS, INSERT_CREDITS, LOCK_ORDERS } from './credits.queries';

/**
 * Refunds the pieces of credit notes: each those of the latest order before it of the same customer, with as many of the product at the price
 * left. Rows of a credit note that name a product at one price twice count together. What no order
 * matches waits for the end of the file, because its order may stand behind it, and is refused then.
 */
export async function writeCredits(tx: TxContext, rows: readonly OrderRow[], mayDefer: boolean): Promise<void> {
  if (rows.length === 0) return;
  const all = [...grouped(rows, referenceOf)].map(([reference, group]) => new Credit(reference, group));
  await settleKnown(tx, all);
  const asked = all.filter(({ isPending }) => isPending);
  // Chosen without a lock, and once more under the locks of the chosen orders.
  const chosen = choose(asked, await candidates(tx, asked, null));
  const orderIds = [...new Set([...chosen.values()].map(({ order_id: id }) => id))];
  if (orderIds.length > 0) {
    await queryAll(tx, { text: LOCK_ORDERS, values: [orderIds] });
    const locked = choose(asked, await candidates(tx, asked, orderIds));
    await write(tx, locked, orderIds);
  }
  for (const { rows: unmatched, first } of all.filter(({ isPending }) => isPending))
    for (const row of unmatched)
      if (mayDefer) row.row.defer(`order before ${first.orderNumber}`);
      else
        row.refuse(
          '',
          'no_matching_order',
          `No earlier order of the customer has so many pieces of "${first.sku}" at ${first.unitPrice} ${first.currency} left to refund`,
        );
}

class Credit {
  constructor(
    readonly reference: string,
    readonly rows: readonly OrderRow[],
  ) {}

  get first() {
    return (this.rows[0] as OrderRow).values;
  }

  get pieces(): number {
    return this.rows.reduce((sum, { values }) => sum - values.quantity, 0);
  }

  get isPending(): boolean {
    return this.rows.every(({ isPending }) => isPending);
  }

  settle(outcome: 'created' | 'unchanged'): void {
    for (const { row } of this.rows) row.outcome = outcome;
  }
}

function referenceOf({ values, product }: OrderRow): string {
  return `${values.orderNumber} ${product?.sku ?? values.sku} ${values.unitPrice}`;
}

async function settleKnown(tx: TxContext, credits: readonly Credit[]): Promise<void> {
  const found = await queryAll<{ reference: string; pieces: number }>(tx, {
    text: FIND_CREDITS,
    values: [credits.map(({ reference }) => reference)],
  });
  const known = new Map(found.map(({ reference, pieces }) => [reference, pieces]));
  for (const credit of credits) {
    const pieces = known.get(credit.reference);
    if (pieces === undefined) continue;
    if (pieces === credit.pieces) credit.settle('unchanged');
    else
      for (const row of credit.rows)
        row.refuse(
          'quantity',
          'line_differs',
          `The credit note ${row.values.orderNumber} has refunded ${pieces} pieces of "${row.values.sku}"`,
        );
  }
}

function candidates(tx: TxContext, credits: readonly Credit[], orderIds: readonly string[] | null): Promise<Candidate[]> {
  const given = credits.map(({ first, pieces, rows }, at) => ({
    n: at,
    customer_number: first.customerNumber ?? null,
    email: first.email ?? null,
    product_id: rows[0]?.product?.id,
    price: first.unitPrice,
    currency: first.currency,
    pieces,
    at: first.placedAt,
  }));
  return queryAll<Candidate & Record<string, unknown>>(tx, { text: FIND_CANDIDATES, values: [JSON.stringify(given), orderIds] });
}

/* In the order of the file; what one takes is gone for the others. */
function choose(credits: readonly Credit[], found: readonly Candidate[]): ReadonlyMap<Credit, Choice> {
  const taken = new Map<string, number>();
  const refunded = new Map<string, Decimal>();
  const chosen = new Map<Credit, Choice>();
  for (const [at, credit] of credits.entries()) {
    for (const candidate of found.filter(({ n }) => n === at)) {
      const { order_id: orderId, item_id: itemId } = candidate;
      const before = candidate.refunded + (taken.get(itemId) ?? 0);
      const amount = new Decimal(candidate.unit_price).times(credit.pieces);
      const left = new Decimal(candidate.money_left).minus(refunded.get(orderId) ?? 0);
      if (before + credit.pieces > candidate.quantity || amount.greaterThan(left)) continue;
      taken.set(itemId, (taken.get(itemId) ?? 0) + credit.pieces);
      refunded.set(orderId, (refunded.get(orderId) ?? new Decimal(0)).plus(amount));
      chosen.set(credit, { ...candidate, before });
      break;
    }
  }
  return chosen;
}

/* A line, and how many of its pieces are refunded before. */
interface Choice extends Candidate {
  readonly before: number;
}

async function write(tx: TxContext, chosen: ReadonlyMap<Credit, Choice>, orderIds: readonly string[]): Promise<void> {
  const refunds = [...chosen].map(([{ reference, pieces, first }, { order_id: orderId, item_id: itemId, before }]) => ({
    id: v7(),
    item: v7(),
    order_id: orderId,
    item_id: itemId,
    reference,
    reason: first.orderNumber,
    pieces,
    before,
    at: first.placedAt,
  }));
  await queryAll(tx, { text: INSERT_CREDITS, values: [JSON.stringify(refunds)] });
  await queryAll(tx, { text: CLOSE_ORDERS, values: [orderIds] });
  for (const credit of chosen.keys()) credit.settle('created');
}
