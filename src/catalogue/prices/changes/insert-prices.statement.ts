import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { PriceSpan } from './quote-prices.statement';

/** A price to set. */
export interface NewEntry {
  readonly id: string;
  readonly productId: string;
  readonly currency: string;
  readonly amount: string;
}

/**
 * Inserts prices in one statement, in the given order, which is that of their products' ids. A price without a time begins now; triggers end
 * the ones before and keep the products (docs/adr/0027).
 */
export async function insertPrices(tx: TxContext, entries: readonly NewEntry[], { kind, validFrom, validTo }: PriceSpan): Promise<void> {
  if (entries.length === 0) return;
  const column = (name: keyof NewEntry) => entries.map((entry) => entry[name]);
  const values = [column('id'), column('productId'), column('currency'), column('amount'), kind, validFrom, validTo];
  await queryAll(tx, { text: INSERT, values });
}

const INSERT = `INSERT INTO price_entries (id, product_id, currency, amount, kind, valid_from, valid_to)
  SELECT e.id, e.product_id, e.currency, e.amount, $5, $6::timestamptz, $7::timestamptz
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::numeric[]) WITH ORDINALITY AS e (id, product_id, currency, amount, position) ORDER BY position`;
