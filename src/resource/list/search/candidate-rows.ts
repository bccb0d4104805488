import { type Bind, type Condition, where } from '../../../database/sql/binder';
import type { Sampling } from '../../definition/facet';
import type { Candidates } from '../../definition/search';

/** The rows of a list that is searched: its conditions, and how rows match. */
export interface SearchedRows {
  readonly table: string;
  readonly conditions: readonly Condition[];
  readonly matches: Condition;
  /** Whether the list has conditions beside those of everything that the actor sees. */
  readonly isFiltered: boolean;
  readonly sampling: Sampling | null;
}

/* Of twice as many matches as are ranked, the first part of a sample is likely to have its share. */
const MANY = 2;

/**
 * Returns the CTEs that end with `candidates`, the rows that are ranked, whole: those of each foremost condition, and then others, each time
 * by falling class. PostgreSQL reads a later part or class only where the earlier ones leave room. A list with filters has all matches where
 * they are few: they are looked for first, because they may be found by the index of a filter, where each class would take its time. Where a
 * sample tells that they are many, they are not.
 */
export function candidateRows(rows: SearchedRows, candidates: Candidates, bind: Bind): string {
  const { table, conditions, matches, isFiltered, sampling } = rows;
  const { limit, mayBeFew, foremost, classes, inClass } = candidates;
  const isFewFirst = isFiltered || mayBeFew;
  const part = (own: Condition, earlier: readonly Condition[]) => {
    const some = `SELECT * FROM ${table} t${where([...conditions, own, ...earlier.map(not), inClass('k')], 't', bind)} LIMIT ${limit}`;
    return `SELECT t.* FROM generate_series(${classes - 1}, 0, -1) k CROSS JOIN LATERAL (${some}) t${isFewFirst ? ` WHERE ${IS_MANY}` : ''}`;
  };
  const parts = [...foremost.map((own, at) => part(own, foremost.slice(0, at))), part(matches, foremost)];
  const all = [...(isFewFirst ? [`SELECT * FROM few WHERE NOT ${IS_MANY}`] : []), ...parts].join(' UNION ALL ');
  const ranked = `candidates AS MATERIALIZED (SELECT * FROM (${all}) c LIMIT ${limit})`;
  if (!isFewFirst) return ranked;
  const isLikely = sampling ? pilot(rows, sampling, limit, bind) : 'SELECT false AS "many"';
  const few = `SELECT * FROM ${table} t${where([...conditions, matches], 't', bind)} LIMIT ${limit + 1}`;
  return `pilot AS MATERIALIZED (${isLikely}),
    few AS MATERIALIZED (SELECT f.* FROM (${few}) f WHERE NOT (SELECT many FROM pilot)),
    number AS MATERIALIZED (SELECT many OR (SELECT count(*) FROM few) > ${limit} AS many FROM pilot), ${ranked}`;
}

const IS_MANY = '(SELECT many FROM number)';

function pilot({ table, conditions, matches }: SearchedRows, { parts, inPart }: Sampling, limit: number, bind: Bind): string {
  const most = Math.ceil((MANY * limit) / parts);
  const some = `SELECT 1 FROM ${table} t${where([...conditions, matches, inPart('0')], 't', bind)} LIMIT ${most}`;
  return `SELECT count(*) >= ${most} AS many FROM (${some}) s`;
}

/* A condition that is unknown, such as one on a column that is null, does not hold. */
function not(condition: Condition): Condition {
  return (t, bind) => `(${condition(t, bind)}) IS NOT TRUE`;
}
