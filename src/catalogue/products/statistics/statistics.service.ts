import type { Ctx, TxContext } from '../../../context/context';
import { ok, type Reply } from '../../../http/output/reply';
import { send } from '../../../jobs';
import { rowsOfList } from '../../../resource/list/rows-of-list';
import type { ListQuery } from '../../../resource/query/list-query';
import { notFoundHere } from '../../../resource/read/read-one';
import { categories } from '../../categories/category.resource';
import { products } from '../product.resource';
import { rankedProducts, salesOfProduct } from './product-sales.statement';
import { categoryStatistics, productStatistics } from './product-statistics.statement';
import { refreshedStatistics } from './refresh/refresh-statistics.queue';

/** Returns the statistics of the products that the list with these filters shows. */
export async function readStatistics(ctx: Ctx, query: ListQuery): Promise<Reply> {
  return ok(await productStatistics(ctx, rowsOfList(ctx, products, query).conditions));
}

/** Returns the statistics of each category below a parent with its subtree; throws `not_found` (404) where there is no such parent. */
export async function readCategoryStatistics(ctx: Ctx, { parentId, ...query }: ListQuery & { parentId?: string }): Promise<Reply> {
  const found = await categoryStatistics(ctx, rowsOfList(ctx, products, query).conditions, parentId);
  if (!found) throw notFoundHere(categories);
  return ok(found);
}

/** Returns what a product has sold in a period; throws `not_found` (404). */
export async function readSales(ctx: Ctx, productId: string, { from, to }: { from?: string; to?: string }): Promise<Reply> {
  const found = await salesOfProduct(ctx, productId, from, to);
  if (!found) throw notFoundHere(products);
  return ok(found);
}

/** Returns the products that sell best or are most popular, as of the last refresh. */
export async function readRanking(ctx: Ctx, by: 'units' | 'popularity', limit: number): Promise<Reply> {
  return ok(await rankedProducts(ctx, by, limit));
}

/** Sends the job that computes the statistics anew, and returns a 202 with its id; null where one waits already. */
export async function refreshRanking(tx: TxContext): Promise<Reply> {
  return { status: 202, body: { jobId: await send(tx, refreshedStatistics, {}) } };
}
