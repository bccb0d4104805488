import type { TxContext } from '../../../../context/context';
import { queryOne } from '../../../../database/sql/statement';

/* Less than the job may take: 13 to 18 seconds of a processor for a million products. */
const TIMEOUT_MS = 240_000;

/** Computes `product_stats` anew; returns false where another refresh runs. */
export async function refreshProductStats(tx: TxContext): Promise<boolean> {
  const row = await queryOne<{ isDone: boolean }>(tx, {
    text: 'SELECT refresh_product_stats() IS NOT NULL AS "isDone"',
    values: [],
    timeoutMs: TIMEOUT_MS,
  });
  return row?.isDone ?? false;
}
