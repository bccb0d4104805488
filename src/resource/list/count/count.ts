import type { Ctx } from '../../../context/context';
import { queryInShare, type ReadShare } from '../../../database/pool/query-in-share';
import { Binder, type Condition, where } from '../../../database/sql/binder';
import { queryOne, type Statement } from '../../../database/sql/statement';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import { cacheCount, cachedCount } from './count-cache';

/** The number of rows of a list; an estimate where counting would cost too much. */
export interface Total {
  readonly total: number;
  readonly totalIsEstimate: boolean;
}

/** Counting so many costs a page next to nothing. */
const CHEAP_COUNT = 1_000;
/** Counting so many takes as long as a page or two; counting a million takes 34 to 174 ms. */
const MAX_COUNT = 10_000;

/**
 * Counts up to 10,000 rows and takes the planner's estimate above. From 1,000 rows on the result is cached for five seconds and called
 * an estimate then. An exact count is neither capped nor cached.
 */
export async function countRows(
  ctx: Ctx,
  share: ReadShare,
  resource: Resource,
  conditions: readonly Condition[],
  exact: boolean,
): Promise<Total> {
  const rows = rowsUnder(resource, conditions);
  if (exact) return { total: await count(ctx, share, rows), totalIsEstimate: false };
  const cached = cachedCount(ctx, rows);
  if (cached !== undefined) return { total: cached, totalIsEstimate: true };
  const counted = await count(ctx, share, rows, MAX_COUNT + 1);
  const total = counted <= MAX_COUNT ? counted : Math.max(counted, await plannerEstimate(ctx, rows));
  if (counted > CHEAP_COUNT) cacheCount(ctx, rows, total);
  return { total, totalIsEstimate: counted > MAX_COUNT };
}

function rowsUnder(resource: Resource, conditions: readonly Condition[]): Statement {
  const binder = new Binder();
  return { text: `SELECT 1 FROM ${tableOf(resource.model())} t${where(conditions, 't', binder.bind)}`, values: binder.values };
}

async function count(ctx: Ctx, share: ReadShare, { text, values }: Statement, max?: number): Promise<number> {
  const counting = `SELECT count(*) AS total FROM (${text}${max === undefined ? '' : ` LIMIT ${max}`}) r`;
  const [row] = await queryInShare<{ total: string }>(ctx, share, { text: counting, values });
  return Number(row?.total);
}

async function plannerEstimate(ctx: Ctx, { text, values }: Statement): Promise<number> {
  const explained = { text: `EXPLAIN (FORMAT JSON) ${text}`, values };
  const row = await queryOne<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(ctx, explained);
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
