import { type Bind, type Condition, where } from '../../../database/sql/binder';
import type { Candidates } from '../../definition/search';

/** The rows of a list that is searched: its conditions, and how rows match. */
export interface SearchedRows {
  readonly table: string;
  readonly conditions: readonly Condition[];
  readonly matches: Condition;
  /** Whether the list has conditions beside those of everything that the actor sees. */
  readonly isFiltered: boolean;
}

/**
 * Returns the CTEs that end with `candidates`, the rows that are ranked, whole: those of each foremost condition, and then others, each time
 * by falling class. PostgreSQL reads a later part or class only where the earlier ones leave room. A list with filters has all matches where
 * they are few: they are looked for first, because they may be found by the index of a filter, where each class would take its time.
 */
export function candidateRows({ table, conditions, matches, isFiltered }: SearchedRows, candidates: Candidates, bind: Bind): string {
  const { limit, mayBeFew, foremost, classes, inClass } = candidates;
  const isFewFirst = isFiltered || mayBeFew;
  const part = (own: Condition, earlier: readonly Condition[]) => {
    const rows = `SELECT * FROM ${table} t${where([...conditions, own, ...earlier.map(not), inClass('k')], 't', bind)} LIMIT ${limit}`;
    return `SELECT t.* FROM generate_series(${classes - 1}, 0, -1) k CROSS JOIN LATERAL (${rows}) t${isFewFirst ? ` WHERE ${COUNT} > ${limit}` : ''}`;
  };
  const parts = [...foremost.map((own, at) => part(own, foremost.slice(0, at))), part(matches, foremost)];
  const all = [...(isFewFirst ? [`SELECT * FROM few WHERE ${COUNT} <= ${limit}`] : []), ...parts].join(' UNION ALL ');
  const ranked = `candidates AS MATERIALIZED (SELECT * FROM (${all}) c LIMIT ${limit})`;
  if (!isFewFirst) return ranked;
  const few = `SELECT * FROM ${table} t${where([...conditions, matches], 't', bind)} LIMIT ${limit + 1}`;
  return `few AS MATERIALIZED (${few}), ${ranked}`;
}

const COUNT = '(SELECT count(*) FROM few)';

/* A condition that is unknown, such as one on a column that is null, does not hold. */
function not(condition: Condition): Condition {
  return (t, bind) => `(${condition(t, bind)}) IS NOT TRUE`;
}
