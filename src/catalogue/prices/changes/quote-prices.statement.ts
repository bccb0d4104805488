import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { PriceChange } from '../price.schemas';

/** When new prices hold, and in which currency (that of each product, where null). */
export interface PriceSpan {
  readonly currency: string | null;
  readonly kind: 'regular' | 'sale';
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** The new price of a product, and what stands in its way. */
export interface PriceQuote {
  readonly id: string;
  readonly currency: string;
  /** The regular price at the time at which the new one begins; null where there is none. */
  readonly regular: string | null;
  /** Null where it follows from a regular price that does not exist. */
  readonly amount: string | null;
  readonly is_representable: boolean;
  readonly is_past: boolean;
  readonly is_empty: boolean;
  /** For a sale, the lowest regular price of its span; for a regular price, the highest sale of its span. */
  readonly bound: string | null;
  /** Whether a price of this kind begins at the same time, or for a sale, stands in its span. */
  readonly overlaps: boolean;
}

/**
 * Returns the new prices of products, in the order of their ids, and what stands in their way, in one statement. `setEach` has the price of
 * each, in the place of a change for all. Its caller holds the rows
 * of the products, so that it stays true but for the time that passes.
 */
export function quotePrices(
  tx: TxContext,
  ids: readonly string[],
  { setEach, ...change }: PriceChange & { readonly setEach?: readonly string[] },
  span: PriceSpan,
): Promise<PriceQuote[]> {
  const { percent = null, add = null, set = null, round } = change;
  const { currency, kind, validFrom, validTo } = span;
  const rounding = [round?.multiple ?? null, round?.minus ?? null, round?.mode ?? null];
  const values = [[...ids], currency, kind, validFrom, validTo, percent, add, setEach ?? ids.map(() => set), ...rounding];
  return queryAll<PriceQuote & Record<string, unknown>>(tx, { text: QUOTES, values });
}

/*
 * c: the span in each product's currency. A product without entries has one price, in its own currency (`flat`).
 * b: the regular price at the beginning.
 * n: when the next regular price begins, where a new regular one ends.
 * a: the new amount, exact, and rounded by the rule: the multiple that is nearest, above or below, less what is taken from it.
 */
const QUOTES = `
  SELECT p.id::text AS id, c.currency, b.regular_price::text AS regular, fitted_amount(a.amount, c.currency)::text AS amount,
    a.amount IS NULL OR a.amount = round(a.amount, currency_decimals(c.currency)) AS is_representable,
    c.starts < m.moment AS is_past, coalesce(c.ends <= c.starts, false) AS is_empty,
    CASE WHEN $3 = 'sale' THEN coalesce((
      SELECT min(e.amount) FROM price_entries e WHERE e.product_id = p.id AND e.currency = c.currency AND e.kind = 'regular'
        AND tstzrange(e.valid_from, e.valid_to) && tstzrange(c.starts, c.ends)
    ), b.regular_price) ELSE (
      SELECT max(e.amount) FROM price_entries e WHERE e.product_id = p.id AND e.currency = c.currency AND e.kind = 'sale'
        AND tstzrange(e.valid_from, e.valid_to) && tstzrange(c.starts, n.starts)
    ) END::text AS bound,
    EXISTS (
      SELECT FROM price_entries e WHERE e.product_id = p.id AND e.currency = c.currency AND e.kind = $3
        AND CASE WHEN $3 = 'sale' THEN tstzrange(e.valid_from, e.valid_to) && tstzrange(c.starts, c.ends)
          ELSE $4::timestamptz IS NOT NULL AND e.valid_from = c.starts END
    ) AS overlaps
  FROM unnest($1::uuid[], $8::numeric[]) AS w (id, amount) JOIN products p ON p.id = w.id
    CROSS JOIN LATERAL (SELECT date_trunc('milliseconds', statement_timestamp()) AS moment) m
    CROSS JOIN LATERAL (
      SELECT coalesce($2, p.currency) AS currency, CASE WHEN coalesce($2, p.currency) = p.currency THEN coalesce(p.regular_price, p.price) END AS flat,
        coalesce($4::timestamptz(3), m.moment) AS starts, CASE WHEN $5::timestamptz(3) IS NOT NULL THEN greatest($5::timestamptz(3), $4::timestamptz(3), m.moment) END AS ends
    ) c
    CROSS JOIN LATERAL price_at(p.id, c.currency, c.starts, c.flat, p.created_at) b
    CROSS JOIN LATERAL (
      SELECT min(e.valid_from) AS starts FROM price_entries e
      WHERE e.product_id = p.id AND e.currency = c.currency AND e.kind = 'regular' AND e.valid_from > c.starts
    ) n
    CROSS JOIN LATERAL (
      SELECT coalesce(w.amount, b.regular_price * (1 + coalesce($6::numeric, 0) / 100) + coalesce($7::numeric, 0)) AS exact OFFSET 0
    ) x
    CROSS JOIN LATERAL (
      SELECT CASE
        WHEN $9::numeric IS NULL THEN CASE WHEN w.amount IS NULL THEN round(x.exact, currency_decimals(c.currency)) ELSE x.exact END
        WHEN $11 = 'up' THEN ceil((x.exact + $10::numeric) / $9::numeric) * $9::numeric - $10::numeric
        WHEN $11 = 'down' THEN floor((x.exact + $10::numeric) / $9::numeric) * $9::numeric - $10::numeric
        ELSE floor((x.exact + $10::numeric) / $9::numeric + 0.5) * $9::numeric - $10::numeric
      END AS amount OFFSET 0
    ) a ORDER BY p.id`;
