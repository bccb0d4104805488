import type { Pool } from 'pg';
import { newOrder, type OrderRequest } from './requests';
import { ORDER_STEPS } from './statements';

interface Locked {
  readonly id: string;
  readonly name: string;
  readonly sku: string;
  readonly price: string;
  readonly stock_quantity: number;
}

/** Places an order by hand-written steps: seven messages, named statements, locks in id order. Returns null for too little stock. */
export async function orderInSteps(pool: Pool, { userId, items }: OrderRequest): Promise<object | null> {
  const wanted = [...items].sort((a, b) => (a.productId < b.productId ? -1 : 1));
  const ids = wanted.map(({ productId }) => productId);
  const quantities = wanted.map(({ quantity }) => quantity);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows: products } = await client.query<Locked>({ name: 'lock', text: ORDER_STEPS.lock, values: [ids] });
    const isThere = products.length === ids.length && products.every((product, at) => product.stock_quantity >= (quantities[at] ?? 0));
    if (!isThere) {
      await client.query('ROLLBACK');
      return null;
    }
    const { id, number } = newOrder();
    const total = products.reduce((sum, { price }, at) => sum + Math.round(Number(price) * 100) * (quantities[at] ?? 0), 0) / 100;
    const taken = await client.query({ name: 'take', text: ORDER_STEPS.take, values: [ids, quantities] });
    const left = new Map(taken.rows.map((row) => [row.id, row.stock_quantity]));
    const ordered = await client.query({ name: 'order', text: ORDER_STEPS.order, values: [id, number, userId, total.toFixed(2)] });
    const columns = (['name', 'sku'] as const).map((name) => products.map((product) => product[name]));
    const prices = products.map(({ price }) => price);
    const lines = await client.query({ name: 'items', text: ORDER_STEPS.items, values: [id, ids, ...columns, quantities, prices] });
    await client.query({ name: 'ledger', text: ORDER_STEPS.ledger, values: [id, ids, quantities, ids.map((key) => left.get(key))] });
    await client.query('COMMIT');
    return { ...ordered.rows[0], items: lines.rows };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
