import type { Ctx } from '../../../context/context';
import { queryShared } from '../../../database/batching/shared-connections';

/* What an order consists of never changes, so it is read without a lock. */
const ROWS_OF_ORDER = `
  SELECT CASE o.payment_method WHEN 'balance' THEN o.user_id END AS payer,
    (SELECT coalesce(json_agg(i.product_id), '[]') FROM order_items i WHERE i.order_id = o.id) AS products
  FROM orders o WHERE o.id = $1::uuid`;

/** The rows that money and goods of an order go back to; `payer` is null unless it was paid from the balance. */
interface RowsOfOrder {
  readonly payer: string | null;
  readonly products: readonly string[];
}

/** Returns the ids of an order, its payer and its products: the rows that a cancellation locks. */
export async function rowsOfCancellation(ctx: Ctx, id: string): Promise<readonly string[]> {
  const { payer, products } = await rowsOfOrder(ctx, id);
  return [id, ...products, ...(payer === null ? [] : [payer])];
}

interface Restocking {
  readonly restock?: readonly { readonly productId: string }[];
  readonly restockItems?: boolean;
}

/** Returns the ids of an order, its payer and the products that go back to stock: the rows that a refund locks. */
export async function rowsOfRefund(ctx: Ctx, id: string, { restock = [], restockItems = false }: Restocking): Promise<readonly string[]> {
  const { payer, products } = await rowsOfOrder(ctx, id);
  const restocked = restockItems ? products : restock.map(({ productId }) => productId);
  return [id, ...restocked, ...(payer === null ? [] : [payer])];
}

async function rowsOfOrder(ctx: Ctx, id: string): Promise<RowsOfOrder> {
  const [row] = await queryShared<RowsOfOrder & Record<string, unknown>>(ctx, { text: ROWS_OF_ORDER, values: [id] });
  return row ?? { payer: null, products: [] };
}
