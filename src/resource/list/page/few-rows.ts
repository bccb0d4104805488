import { type Bind, type Condition, where } from '../../../database/sql/binder';

/* Where there are more, a walk finds a page of them among 53,000 rows of a million. */
const FEW = 400;

/** The conditions of a list, some of which have a number of rows that PostgreSQL cannot estimate. */
export interface FewRows {
  /** These, in the form by which indexes find the rows. */
  readonly lookup: readonly Condition[];
  /** These, in the form that tries a row. */
  readonly probe: readonly Condition[];
  readonly others: readonly Condition[];
}

interface Range {
  readonly few: FewRows;
  readonly table: string;
  /** The condition of the position. */
  readonly range: readonly Condition[];
  readonly order: () => string;
  /** The number of rows up to the end of the page. */
  readonly limit: number;
  readonly limits: string;
}

/**
 * Returns the CTEs `found`, the number of rows that have what cannot be estimated, up to one more than 400, and `few`: these rows, in no order;
 * none where they are many. An index counts them without the rows themselves, which would cost many times as much.
 */
export function fewRows(table: string, { lookup }: FewRows, bind: Bind): string {
  const counted = `SELECT count(*) AS rows FROM (SELECT FROM ${table} t${where(lookup, 't', bind)} LIMIT ${FEW + 1}) t`;
  return `found AS MATERIALIZED (${counted}), few AS MATERIALIZED (SELECT * FROM ${table} t${where([...lookup, isFew], 't', bind)})`;
}

/**
 * Returns the statement of the rows of a page: from `few`, or else by a walk of the index of the order. PostgreSQL runs only the part whose
 * condition on the number holds. Left to itself it walks by an estimate, and reads the whole table where no row matches.
 */
export function fewOrWalk({ few, table, range, order, limit, limits }: Range, bind: Bind): string {
  const sorted = `SELECT * FROM few t${where([...few.others, ...range], 't', bind)}`;
  const walked = `SELECT * FROM ${table} t${where([...few.probe, ...few.others, ...range, isMany], 't', bind)} ORDER BY ${order()} LIMIT ${limit}`;
  return `SELECT * FROM (${sorted} UNION ALL (${walked})) t ORDER BY ${order()} ${limits}`;
}

const isFew: Condition = () => `(SELECT rows FROM found) <= ${FEW}`;
const isMany: Condition = () => `(SELECT rows FROM found) > ${FEW}`;
