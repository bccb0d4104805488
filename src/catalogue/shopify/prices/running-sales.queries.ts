import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';

/** The sale that a product is in. */
export interface RunningSale {
  readonly sku: string;
  readonly regular: string;
  readonly sale: string;
  /** Whether it ends by itself. */
  readonly is_limited: boolean;
}

/** Returns the sales that run for products of these SKUs, by SKU in lower case. */
export async function runningSales(tx: TxContext, skus: readonly string[]): Promise<ReadonlyMap<string, RunningSale>> {
  const rows = await queryAll<RunningSale & Record<string, unknown>>(tx, { text: RUNNING, values: [skus] });
  return new Map(rows.map((row) => [row.sku, row]));
}

const RUNNING = `SELECT lower(p.sku) AS sku, r.regular_price::text AS regular, s.amount::text AS sale, s.valid_to IS NOT NULL AS is_limited
  FROM products p
    JOIN price_entries s ON s.product_id = p.id AND s.currency = p.currency AND s.kind = 'sale'
      AND s.valid_from <= clock_timestamp() AND (s.valid_to IS NULL OR s.valid_to > clock_timestamp())
    CROSS JOIN LATERAL price_at(p.id, p.currency, clock_timestamp(), coalesce(p.regular_price, p.price), p.created_at) r
  WHERE lower(p.sku) = ANY ($1::text[]) AND p.deleted_at IS NULL`;
