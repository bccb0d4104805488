import { run } from '../../database/statement';
import type { TxContext } from '../../http/context';
import { insufficientStock, productUnavailable } from '../problems';

/** How many of each product an order asks for, by product id. */
export type Demand = ReadonlyMap<string, number>;

/** A product that was taken from stock, at its price of now. */
export interface Taken {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  readonly price: string;
  readonly currency: string;
  readonly quantity: number;
}

interface Row extends Taken {
  readonly is_available: boolean;
  readonly stock_quantity: number;
}

/*
 * One statement: the products are locked in id order (two orders of the same products cannot wait for each other), then taken from
 * where all of it is there. `locked` sees the latest row, whoever changed it while the lock was awaited.
 */
const TAKE = `
  WITH demand AS (SELECT product_id, quantity FROM unnest($1::uuid[], $2::int[]) AS d (product_id, quantity)),
  locked AS (
    SELECT p.id, p.name, p.sku, p.price, p.currency, p.stock_quantity, d.quantity, p.status = 'active' AND p.deleted_at IS NULL AS is_available
    FROM products p JOIN demand d ON d.product_id = p.id ORDER BY p.id FOR UPDATE OF p
  ),
  taken AS (
    UPDATE products p SET stock_quantity = p.stock_quantity - l.quantity FROM locked l
    WHERE p.id = l.id AND l.is_available AND l.stock_quantity >= l.quantity
  )
  SELECT id, name, sku, price::text AS price, currency, stock_quantity, quantity, is_available FROM locked ORDER BY id`;

/** Takes what is demanded from stock, all or nothing; throws `product_unavailable` (422) or `insufficient_stock` (409), naming each. */
export async function takeStock(tx: TxContext, demand: Demand): Promise<readonly Taken[]> {
  const rows = await run<Row>(tx, { text: TAKE, values: [[...demand.keys()], [...demand.values()]] });
  const found = new Map(rows.map((row) => [row.id, row]));
  refuseUnavailable([...demand.keys()].filter((id) => found.get(id)?.is_available !== true));
  refuseShort(rows.filter((row) => row.stock_quantity < row.quantity));
  return rows;
}

function refuseUnavailable(ids: readonly string[]): void {
  if (ids.length === 0) return;
  throw productUnavailable.because('Leave out the products that "errors" names: they do not exist, or are not for sale.', {
    errors: ids.map((id) => ({ pointer: '/items', code: 'product_unavailable', message: `product ${id} is not for sale` })),
  });
}

function refuseShort(short: readonly Row[]): void {
  if (short.length === 0) return;
  throw insufficientStock.because(short.map(shortage).join('; '), {
    errors: short.map((row) => ({ pointer: '/items', code: 'insufficient_stock', message: `product ${row.id}: ${shortage(row)}` })),
  });
}

function shortage({ name, quantity, stock_quantity: available }: Row): string {
  return `${quantity} of "${name}" were asked for, ${available} are there`;
}
