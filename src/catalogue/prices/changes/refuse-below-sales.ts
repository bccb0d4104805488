import { Decimal } from 'decimal.js';
import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { LockedWrite } from '../../../resource/write/pending-write';
import { belowSale } from './price-faults';

/**
 * Refuses, with `sale_above_regular` (409), to lower the price of a product below a sale that runs or comes before the next regular price.
 * The database refuses the rest. No statement where no product has another price than that of now.
 */
export async function refuseBelowSales(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const priced = writes.filter(
    ({ row, values }) => values.price !== undefined && (row.get('priceChangesAt') ?? row.get('priorPrice')) !== null,
  );
  if (priced.length === 0) return;
  const text = `SELECT s.product_id::text AS id, max(s.amount)::text AS amount FROM price_entries s JOIN products p ON p.id = s.product_id AND p.currency = s.currency
    WHERE s.kind = 'sale' AND p.id = ANY ((SELECT $1::uuid[])::uuid[]) AND (s.valid_to IS NULL OR s.valid_to > statement_timestamp())
      AND NOT EXISTS (
        SELECT FROM price_entries r WHERE r.product_id = s.product_id AND r.currency = s.currency AND r.kind = 'regular'
          AND r.valid_from > statement_timestamp() AND r.valid_from <= s.valid_from)
    GROUP BY s.product_id`;
  const sales = await queryAll<{ id: string; amount: string }>(tx, { text, values: [priced.map(({ id }) => id)] });
  const amounts = new Map(sales.map(({ id, amount }) => [id, amount]));
  for (const write of priced) {
    const sale = amounts.get(write.id);
    const price = String(write.values.price);
    if (sale === undefined || isKept(write) || new Decimal(price).greaterThanOrEqualTo(sale)) continue;
    write.refuse(belowSale(price, sale));
  }
}

/* A change to the price that stands there, as in a PUT, changes nothing; one to another currency ends the sales. */
function isKept({ row, values }: LockedWrite): boolean {
  const isSameCurrency = values.currency === undefined || values.currency === row.get('currency');
  return !isSameCurrency || new Decimal(String(values.price)).equals(String(row.get('price')));
}
