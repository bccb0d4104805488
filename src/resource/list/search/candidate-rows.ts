import { type Bind, type Condition, where } from '../../../database/sql/binder';
import type { Sampling } from '../../definition/facet';
import type { Candidates } from '../../definition/search';

/** The rows of a list that is searched: its conditions, and how rows match. */
export interface SearchedRows {
  readonly table: string;
  readonly conditions: readonly Condition[];
  /** What the search index knows of the conditions: each follows from one of them. */
  readonly known: readonly Condition[];
  readonly matches: Condition;
  /** Whether the list has conditions beside those of everything that the actor sees. */
  readonly isFiltered: boolean;
  readonly sampling: Sampling | null;
}

/** The CTEs that end with `candidates`, the rows that are ranked, whole, and the SQL of whether there are more matches. */
export interface CandidateRows {
  readonly ctes: string;
  readonly isTruncated: string;
}

/* Of twice as many matches as are ranked, the first part of a sample is likely to have its share. */
const MANY = 2;
/* Matches of a part of the sample that are tried, where filters may leave few of them. */
const MAX_TRIED = 1_000;

/**
 * Returns the rows that are ranked: those of each group of matches in turn, each time by falling class. PostgreSQL reads a later group or
 * class only where the earlier ones leave room. A sample tells whether there are many matches. Where there are, the likely ones come before
 * the others, by parts of the classes where they are a large share of all rows. A list with filters has all matches where they are few: they
 * may be found by the index of a filter, where each class would take its time.
 */
export function candidateRows(rows: SearchedRows, candidates: Candidates, bind: Bind): CandidateRows {
  const { matches, isFiltered } = rows;
  const { mayBeFew, foremost, likely, classes, divisions } = candidates;
  const limit = isFiltered ? candidates.filteredLimit : candidates.limit;
  const isFewFirst = isFiltered || mayBeFew;
  const whole = `(SELECT number, NULL::int AS part FROM generate_series(${classes - 1}, 0, -1) number)`;
  const chain = (groups: readonly Group[], gates: readonly string[]) =>
    `(${groups.map((group) => rowsOfGroup(rows, candidates, group, gates, limit, bind)).join(' UNION ALL ')} LIMIT ${limit})`;
  const groupsOf = (conditions: readonly Condition[]) =>
    conditions.map((own, at) => ({ series: whole, own, earlier: conditions.slice(0, at) }));
  const ctes = isFewFirst || likely ? [`pilot AS MATERIALIZED (${pilot(rows, candidates, bind)})`] : [];
  const chains: string[] = [];
  if (isFewFirst) {
    ctes.push(`few AS MATERIALIZED (${fewMatches(rows, candidates.limit, bind)})`);
    ctes.push(`number AS MATERIALIZED (SELECT is_many OR (SELECT count(*) FROM few) > ${candidates.limit} AS is_many FROM pilot)`);
    chains.push(`SELECT * FROM few WHERE NOT ${IS_MANY}`);
  }
  if (likely) {
    ctes.push(`${PARTS} AS MATERIALIZED (${partsOfClasses(classes, divisions)})`);
    const groups = groupsOf([...likely.foremost, likely.matches, matches]);
    chains.push(
      chain(
        groups.map((group) => (group.own === likely.matches ? { ...group, series: PARTS } : group)),
        [IS_LIKELY],
      ),
    );
  }
  chains.push(chain(groupsOf([...foremost, matches]), [...(isFewFirst ? [IS_MANY] : []), ...(likely ? [`NOT ${IS_LIKELY}`] : [])]));
  ctes.push(`candidates AS MATERIALIZED (${chains.join(' UNION ALL ')})`);
  const isFull = `(SELECT count(*) >= ${limit} FROM candidates)`;
  return { ctes: ctes.join(', '), isTruncated: isFewFirst ? `(${IS_MANY} AND ${isFull})` : isFull };
}

const PARTS = 'parts_of_classes';
const IS_MANY = '(SELECT is_many FROM number)';
const IS_LIKELY = '(SELECT is_many FROM pilot)';

/* Matches of a condition that earlier groups leave, by the classes of a series. */
interface Group {
  readonly series: string;
  readonly own: Condition;
  readonly earlier: readonly Condition[];
}

function rowsOfGroup(
  { table, conditions, known }: SearchedRows,
  { inClass }: Candidates,
  { series, own, earlier }: Group,
  gates: readonly string[],
  limit: number,
  bind: Bind,
): string {
  const all = [...conditions, own, ...known, ...earlier.map(not), inClass('class.number', series === PARTS ? 'class.part' : null)];
  const ofClass = `SELECT * FROM ${table} t${where(all, 't', bind)} LIMIT ${limit}`;
  return `SELECT t.* FROM ${series} class CROSS JOIN LATERAL (${ofClass}) t${gates.length === 0 ? '' : ` WHERE ${gates.join(' AND ')}`}`;
}

/* One more than the limit tells that they are not few. */
function fewMatches({ table, conditions, matches }: SearchedRows, limit: number, bind: Bind): string {
  const all = `SELECT * FROM ${table} t${where([...conditions, matches], 't', bind)} LIMIT ${limit + 1}`;
  return `SELECT f.* FROM (${all}) f WHERE NOT ${IS_LIKELY}`;
}

/* The classes from the highest on, or their parts. */
function partsOfClasses(classes: number, divisions: number): string {
  return `SELECT number, CASE WHEN is_common THEN part END AS part FROM pilot, generate_series(0, ${classes - 1}) number,
    generate_series(0, CASE WHEN is_common THEN ${divisions - 1} ELSE 0 END) part ORDER BY number DESC, part`;
}

/* Conditions are tried on the rows, so that the number of rows that the index finds is known, too. */
function pilot(rows: SearchedRows, { limit, likely, common }: Candidates, bind: Bind): string {
  const { table, conditions, known, matches, isFiltered, sampling } = rows;
  if (!sampling) return 'SELECT false AS is_many, false AS is_common';
  const most = Math.ceil((MANY * limit) / sampling.parts);
  const passes = conditions.map((condition) => condition('t', bind)).join(' AND ') || 'true';
  const tried = [likely?.matches ?? matches, ...known, sampling.inParts('0', 1)];
  const some = `SELECT (${passes}) AS passes FROM ${table} t${where(tried, 't', bind)} LIMIT ${isFiltered ? MAX_TRIED : common}`;
  return `SELECT count(*) FILTER (WHERE passes) >= ${most} AS is_many, count(*) >= ${common} AS is_common FROM (${some}) s`;
}

/* A condition that is unknown, such as one on a column that is null, does not hold. */
function not(condition: Condition): Condition {
  return (t, bind) => `(${condition(t, bind)}) IS NOT TRUE`;
}
