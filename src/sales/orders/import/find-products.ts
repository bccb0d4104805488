import { productService, products } from '../../../catalogue';
import type { TxContext } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { queryAll } from '../../../database/sql/statement';
import { createMany } from '../../../resource/bulk';
import { creationSchema } from '../../../resource/definition/schemas';
import { jsonPointer, STRICT, validate } from '../../../schema/validate';
import type { OrderRow, SoldProduct } from './order-row';

const FIND = `
  SELECT lower(p.sku) AS key, p.id, p.name, p.sku FROM products p
  WHERE lower(p.sku) = ANY ($1::text[]) AND p.deleted_at IS NULL`;

/**
 * Finds the products of rows by SKU, whatever its case; creates a discontinued one of an unknown SKU where a row names it, and refuses the rows
 * of the others, once no row behind them may create theirs. Throws `forbidden` (403) where products must be created and the actor may not.
 */
export async function findProducts(tx: TxContext, rows: readonly OrderRow[], mayDefer: boolean): Promise<void> {
  const known = await productsOf(tx, rows);
  const missing = new Map<string, OrderRow>();
  for (const row of rows) {
    const key = keyOf(row);
    if (row.values.productName && row.values.quantity > 0 && !known.has(key) && !missing.has(key)) missing.set(key, row);
  }
  await create(tx, [...missing.values()]);
  const found = missing.size === 0 ? known : await productsOf(tx, rows);
  for (const row of rows) {
    row.product = found.get(keyOf(row)) ?? null;
    if (!row.product && row.isPending) {
      const { sku } = row.values;
      if (mayDefer) row.row.defer(`product ${sku}`);
      else row.refuse('sku', 'unknown_product', `There is no product "${sku}". Import it first, or give its name as productName`);
    }
  }
}

function keyOf({ values }: OrderRow): string {
  return values.sku.toLowerCase();
}

async function productsOf(tx: TxContext, rows: readonly OrderRow[]): Promise<ReadonlyMap<string, SoldProduct>> {
  const found = await queryAll<SoldProduct & { key: string }>(tx, { text: FIND, values: [[...new Set(rows.map(keyOf))]] });
  return new Map(found.map(({ key, ...product }) => [key, product]));
}

async function create(tx: TxContext, rows: readonly OrderRow[]): Promise<void> {
  if (rows.length === 0) return;
  requirePermission(tx, 'products:write');
  const writes = rows.flatMap((row) => {
    const { sku, productName: name, unitPrice: price, currency } = row.values;
    const { value, violations } = validate(
      creationSchema(products),
      { sku, name, price, currency, status: 'discontinued' },
      STRICT,
      jsonPointer,
    );
    if (violations.length === 0) return [{ row, value }];
    row.row.refuse(...violations);
    return [];
  });
  const created = await createMany(
    tx,
    productService,
    writes.map(({ value }) => value),
  );
  for (const [at, { row }] of writes.entries()) {
    const problem = created[at]?.problem;
    if (problem) row.refuse('sku', 'product_refused', `The product "${row.values.sku}" cannot be created: ${problem.detail}`);
  }
}
