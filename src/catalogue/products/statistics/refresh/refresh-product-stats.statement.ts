import type { TxContext } from '../../../../context/context';
import { queryOne } from '../../../../database/sql/statement';

/** Computes `product_stats` anew; returns false where another refresh runs. */
export async function refreshProductStats(tx: TxContext): Promise<boolean> {
  const row = await queryOne<{ isDone: boolean }>(tx, { text: 'SELECT refresh_product_stats() IS NOT NULL AS "isDone"', values: [] });
  return row?.isDone ?? false;
}
