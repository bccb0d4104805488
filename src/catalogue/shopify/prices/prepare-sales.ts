import { Decimal } from 'decimal.js';
import { v7 } from 'uuid';
import type { TxContext } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { queryAll } from '../../../database/sql/statement';
import type { ImportRow } from '../../../resource/transfer/rows/import-row';
import { insertPrices } from '../../prices/changes/insert-prices.statement';
import { priceFault } from '../../prices/changes/price-faults';
import { quotePrices } from '../../prices/changes/quote-prices.statement';
import type { ShopifyProduct } from '../shopify-product';
import { type RunningSale, runningSales } from './running-sales.queries';
import { variantPrice } from './variant-price';

/* What becomes of the prices of a variant, once it is written. */
interface SaleChange {
  readonly row: ImportRow;
  readonly sku: string;
  readonly endsSale: boolean;
  /** The regular price to set; null where it is set already. */
  readonly regular: string | null;
  /** The price of a sale from now on; null for none. */
  readonly sale: string | null;
}

/**
 * Gives the variants of products their regular prices, and returns what sets and ends their sales, once the variants are written. A reduced
 * variant is on sale until a file says otherwise; a sale that runs and has an end is left alone by a variant that is not reduced.
 */
export async function prepareSales(tx: TxContext, products: readonly ShopifyProduct[]): Promise<() => Promise<void>> {
  const priced = products.flatMap(({ variants }) =>
    variants.flatMap((variant) => {
      const price = variantPrice(variant);
      return price === null ? [] : [{ ...price, row: variant.row, sku: String(variant.row.given.get('sku')).toLowerCase() }];
    }),
  );
  if (priced.length === 0) return async () => undefined;
  const running = await runningSales(
    tx,
    priced.map(({ sku }) => sku),
  );
  const changes = priced.flatMap((each) => saleChange(each, running.get(each.sku)));
  return () => writeSales(tx, changes);
}

function saleChange(
  { row, sku, regular, sale }: Omit<SaleChange, 'endsSale' | 'regular'> & { regular: string },
  now?: RunningSale,
): SaleChange[] {
  if (!now) {
    row.given.set('price', regular);
    return sale === null ? [] : [{ row, sku, endsSale: false, regular: null, sale }];
  }
  if (sale === null && now.is_limited) return [];
  // The price of a product on sale is that of the sale: its regular price is set with its sale.
  row.given.delete('price');
  const isSameRegular = new Decimal(regular).equals(now.regular);
  if (isSameRegular && sale !== null && new Decimal(sale).equals(now.sale)) return [];
  return [{ row, sku, endsSale: true, regular: isSameRegular ? null : regular, sale }];
}

async function writeSales(tx: TxContext, changes: readonly SaleChange[]): Promise<void> {
  const written = changes.filter(({ row }) => row.outcome === 'created' || row.outcome === 'updated' || row.outcome === 'unchanged');
  if (written.length === 0) return;
  requirePermission(tx, 'prices:write');
  const ids = await lockBySku(
    tx,
    written.map(({ sku }) => sku),
  );
  const located = written.flatMap((change) => {
    const id = ids.get(change.sku);
    return id === undefined ? [] : [{ ...change, id }];
  });
  const ended = located.filter(({ endsSale }) => endsSale).map(({ id }) => id);
  if (ended.length > 0) await queryAll(tx, { text: END_SALES, values: [ended] });
  await setPrices(
    tx,
    'regular',
    located.flatMap(({ id, row, regular }) => (regular === null ? [] : [{ id, row, amount: regular }])),
  );
  await setPrices(
    tx,
    'sale',
    located.flatMap(({ id, row, sale }) => (sale === null || row.outcome === 'failed' ? [] : [{ id, row, amount: sale }])),
  );
  for (const { row } of located) if (row.outcome === 'unchanged') row.outcome = 'updated';
}

/* Sets the prices that can be set, and refuses the rows of the others. */
async function setPrices(
  tx: TxContext,
  kind: 'regular' | 'sale',
  wanted: readonly { readonly id: string; readonly row: ImportRow; readonly amount: string }[],
): Promise<void> {
  if (wanted.length === 0) return;
  const span = { currency: null, kind, validFrom: null, validTo: null };
  const rows = new Map(wanted.map(({ id, row }) => [id, row]));
  const quotes = await quotePrices(
    tx,
    wanted.map(({ id }) => id),
    { setEach: wanted.map(({ amount }) => amount) },
    span,
  );
  const accepted = quotes.filter((quote) => {
    const fault = priceFault(quote, span);
    if (fault) {
      const message = `The product is imported without this price: ${fault.detail}`;
      rows.get(quote.id)?.refuse({ pointer: '/Compare At Price', code: fault.type.code, message });
    }
    return fault === null;
  });
  const entries = accepted.map(({ id, currency, amount }) => ({ id: v7(), productId: id, currency, amount: String(amount) }));
  await insertPrices(tx, entries, span);
}

async function lockBySku(tx: TxContext, skus: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const text = `SELECT id::text AS id, lower(sku) AS sku FROM products WHERE lower(sku) = ANY ($1::text[]) AND deleted_at IS NULL
    ORDER BY id FOR NO KEY UPDATE`;
  const rows = await queryAll<{ id: string; sku: string }>(tx, { text, values: [skus] });
  return new Map(rows.map(({ id, sku }) => [sku, id]));
}

const END_SALES = `UPDATE price_entries s SET valid_to = clock_timestamp() FROM products p
  WHERE p.id = ANY ($1::uuid[]) AND s.product_id = p.id AND s.currency = p.currency AND s.kind = 'sale'
    AND s.valid_from <= clock_timestamp() AND (s.valid_to IS NULL OR s.valid_to > clock_timestamp())`;
