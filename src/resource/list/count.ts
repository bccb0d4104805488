import type { Ctx } from '../../context/context';
import { Binder, type Condition, where } from '../../database/sql/binder';
import { queryOne, type Statement } from '../../database/sql/statement';
import { tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { keepEstimate, knownEstimate } from './count-cache';

/** How many rows a list has in all; an estimate where counting would cost too much. */
export interface Total {
  readonly total: number;
  readonly totalIsEstimate: boolean;
}

/** Counting up to here costs a page next to nothing. */
const FEW = 1_000;
/** Counting up to here takes as long as a page or two; counting a million (34 to 174 ms) is not for every request. */
const CAP = 10_000;

/**
 * Counts up to 10,000 rows, beyond takes the planner's estimate, and remembers both for five seconds from 1,000 rows on: what is
 * remembered is an estimate. An exact count, where one is asked for, is neither capped nor remembered.
 */
export async function countRows(ctx: Ctx, resource: Resource, conditions: readonly Condition[], exact: boolean): Promise<Total> {
  const rows = rowsUnder(resource, conditions);
  if (exact) return { total: await count(ctx, rows), totalIsEstimate: false };
  const known = knownEstimate(ctx, rows);
  if (known !== undefined) return { total: known, totalIsEstimate: true };
  const counted = await count(ctx, rows, CAP + 1);
  const total = counted <= CAP ? counted : Math.max(counted, await estimate(ctx, rows));
  if (counted > FEW) keepEstimate(ctx, rows, total);
  return { total, totalIsEstimate: counted > CAP };
}

function rowsUnder(resource: Resource, conditions: readonly Condition[]): Statement {
  const binder = new Binder();
  return { text: `SELECT 1 FROM ${tableOf(resource.model())} t${where(conditions, 't', binder.bind)}`, values: binder.values };
}

async function count(ctx: Ctx, { text, values }: Statement, cap?: number): Promise<number> {
  const counting = `SELECT count(*) AS total FROM (${text}${cap === undefined ? '' : ` LIMIT ${cap}`}) r`;
  const row = await queryOne<{ total: string }>(ctx, { text: counting, values });
  return Number(row?.total);
}

async function estimate(ctx: Ctx, { text, values }: Statement): Promise<number> {
  const explained = { text: `EXPLAIN (FORMAT JSON) ${text}`, values };
  const row = await queryOne<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(ctx, explained);
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
