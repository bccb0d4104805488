import { type Bind, type Condition, where } from '../../../database/sql/binder';

/** The rows of a list in an order that an index has. */
export interface WalkedRows {
  readonly table: string;
  readonly conditions: readonly Condition[];
  /** Those of the conditions that the index covers. */
  readonly covered: readonly Condition[];
  readonly range: readonly Condition[];
  readonly order: string;
  readonly limit: number;
}

/* Reading so many takes a few milliseconds. */
const MAX_WALKED = 2_000;

/**
 * Returns the SELECT of the first rows of a list. A short walk along the index of the order finds a page where many rows match; where it
 * does not, few do, and all of them are found and sorted. The planner cannot tell the two apart, as it does not know how many match.
 */
export function walkedRows({ table, conditions, covered, range, order, limit }: WalkedRows, bind: Bind): string {
  const first = `SELECT * FROM ${table} t${where([...covered, ...range], 't', bind)} ORDER BY ${order} LIMIT ${MAX_WALKED}`;
  const all = `SELECT * FROM ${table} t${where([...conditions, ...range], 't', bind)} AND (SELECT count(*) FROM walked) < ${limit}`;
  return `WITH walked AS MATERIALIZED (SELECT * FROM (${first}) t${where(conditions, 't', bind)} LIMIT ${limit})
    SELECT * FROM (
      SELECT * FROM walked WHERE (SELECT count(*) FROM walked) >= ${limit} UNION ALL (${all} ORDER BY ${order} LIMIT ${limit})
    ) t ORDER BY ${order} LIMIT ${limit}`;
}
