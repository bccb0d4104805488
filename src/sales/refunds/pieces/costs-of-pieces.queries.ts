import { Decimal } from 'decimal.js';
import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';

/** Pieces of a line, and what they cost. */
export interface CostedPieces {
  readonly orderItemId: string;
  readonly quantity: number;
  readonly amount: Decimal;
}

/*
 * What these and the pieces before them cost, less what was refunded of those: so all pieces of a line, one by one or at once, cost what
 * the line does.
 */
const COSTS = `
  SELECT w.id AS "orderItemId", w.quantity, (cost_of_pieces(w.id, w.quantity + r.quantity) - r.amount)::text AS amount
  FROM unnest($1::uuid[], $2::int[]) AS w (id, quantity), LATERAL (
    SELECT coalesce(sum(g.quantity), 0)::int AS quantity, coalesce(sum(g.amount), 0) AS amount
    FROM refund_items g WHERE g.order_item_id = w.id
  ) r`;

/** Returns what the next pieces of lines cost, as the database rounds it; call it under the order's lock. */
export async function costsOfPieces(tx: TxContext, quantities: ReadonlyMap<string, number>): Promise<readonly CostedPieces[]> {
  if (quantities.size === 0) return [];
  const values = [[...quantities.keys()], [...quantities.values()]];
  const rows = await queryAll<{ orderItemId: string; quantity: number; amount: string }>(tx, { text: COSTS, values });
  return rows.map((row) => ({ ...row, amount: new Decimal(row.amount) }));
}
