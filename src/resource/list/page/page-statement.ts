import type { Ctx } from '../../../context/context';
import { Binder, type Condition, where } from '../../../database/sql/binder';
import type { Statement } from '../../../database/sql/statement';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import type { Candidates } from '../../definition/search';
import { keysetPredicates, type Position, type PositionShape, PositionValue } from '../../query/order/keyset';
import { orderBy, type SortKey } from '../../query/order/sort';
import type { Representation } from '../../query/representation';
import { projection } from '../../read/projection';
import { isDue } from '../../read/read-statement';
import { candidateRows, type SearchedRows } from '../search/candidate-rows';
import { walkedRows } from '../search/walked-rows';
import { type FewRows, fewOrWalk, fewRows } from './few-rows';

const SPELLINGS = 5;

/** The rows of a page: conditions, order, members and number. */
export interface PageRequest {
  readonly conditions: readonly Condition[];
  readonly keys: readonly SortKey[];
  readonly representation: Representation;
  readonly limit: number;
  /** The JSON of a member `highlights` of each row. */
  readonly highlights: Condition | null;
  /** The text of each of the first rows whose words a suggestion takes; null where none is made. */
  readonly spelling: Condition | null;
  /** Whether it walks an index in its order, which takes as long as its rows, however many there are in all. */
  readonly isIndexWalk: boolean;
  /** The conditions in another division, where PostgreSQL cannot estimate the rows of some of them. */
  readonly few: FewRows | null;
  /** Those of the conditions that the index of its order covers, where the others may leave many rows or few; else null. */
  readonly covered: readonly Condition[] | null;
  /** The parts of the conditions, where only some of the rows are ranked and shown. */
  readonly searched: (Omit<SearchedRows, 'table'> & { readonly candidates: Candidates }) | null;
}

/**
 * Returns the statement of a page after a position, or of the first page; `bindPosition` gives it the position's values.
 *
 * It selects the rows of the page first, then what is aggregated around them, so that sub-selects run for the page's rows only. One
 * row more than asked for tells whether there is a next page. LIMIT is a literal, which PostgreSQL plans better than a parameter. With
 * several keyset predicates each range is limited, so that no more than a page of any is read. The rows are returned as one text: a
 * driver that makes objects of them, to be joined again, takes half as long again. Where PostgreSQL cannot know how many rows match, they are
 * counted first, and only where they are many the index of the order is walked.
 */
export function pageStatement(ctx: Ctx, resource: Resource, page: PageRequest, position: PositionShape | null, offset: number): Statement {
  const { keys, representation, limit, few, searched, covered, highlights, spelling } = page;
  const conditions = searched ? [] : page.conditions;
  const backwards = position?.backwards ?? false;
  // The last page goes backwards from the end: from no row at all.
  const ranges = position && position.nulls.length > 0 ? keysetPredicates(keys, position) : [];
  const binder = new Binder();
  const { bind } = binder;
  const object = projection(ctx, resource, representation, 't', bind);
  const body = highlights ? `(left(${object}, -1) || ',"highlights":' || (${highlights('t', bind)})::text || '}')` : object;
  const source = searched ? 'candidates' : tableOf(resource.model());
  const order = () => orderBy(keys, 't', bind, backwards);
  const limits = `LIMIT ${limit + 1}${offset === 0 ? '' : ` OFFSET ${offset}`}`;
  const rowsOf = (range: readonly Condition[]) => {
    if (few) return fewOrWalk({ few, table: source, range, order, limit: limit + 1 + offset, limits }, bind);
    if (covered && offset === 0) return walkedRows({ table: source, conditions, covered, range, order: order(), limit: limit + 1 }, bind);
    return `SELECT * FROM ${source} t${where([...conditions, ...range], 't', bind)} ORDER BY ${order()} ${limits}`;
  };
  const merged = () =>
    `SELECT * FROM (${ranges.map((range) => `(${rowsOf([range])})`).join(' UNION ALL ')}) t ORDER BY ${order()} ${limits}`;
  const ordered = ranges.length > 1 ? merged() : rowsOf(ranges);
  const keyColumns = keys.map(({ value }, index) => `CASE WHEN t.page_row = ${limit} THEN (${value('t', bind)})::text END AS k${index}`);
  const shown = `CASE WHEN t.page_row <= ${limit} THEN ${body} END AS body`;
  const due = isDue(resource, representation);
  const spelled = spelling === null ? [] : [`CASE WHEN t.page_row <= ${SPELLINGS} THEN ${spelling('t', bind)} END AS spelling`];
  const rows = `SELECT ${[shown, ...keyColumns, ...spelled, ...(due === null ? [] : [due])].join(', ')} FROM (SELECT *, row_number() OVER () AS page_row FROM (${ordered}) o) t`;
  const further = [
    ...(due === null ? [] : ['bool_or(is_due) AS is_due']),
    ...(spelling === null ? [] : ['json_agg(spelling) FILTER (WHERE spelling IS NOT NULL) AS spellings']),
  ];
  const oneRow = asOneRow(backwards ? `${rows} ORDER BY t.page_row DESC` : rows, keys.length, further);
  if (few) return { text: `WITH ${fewRows(source, few, bind)} ${oneRow}`, values: binder.values };
  if (!searched) return { text: oneRow, values: binder.values };
  const { ctes, isTruncated } = candidateRows({ table: tableOf(resource.model()), ...searched }, searched.candidates, bind);
  const text = `WITH ${ctes} SELECT page.*, ${isTruncated} AS is_truncated FROM (${oneRow}) page`;
  return { text, values: binder.values };
}

/** Returns the statement with the values of a position. */
export function bindPosition(statement: Statement, position: Position): Statement {
  return { ...statement, values: statement.values.map((value) => (value instanceof PositionValue ? position[value.key] : value)) };
}

/*
 * Rows are numbered away from the cursor, so the extra row, which has no body, is the last one either way. At most one row has keys,
 * and min() finds them, because it ignores NULL. An aggregate takes the rows of a sorted sub-query in their order:
 * https://www.postgresql.org/docs/current/functions-aggregate.html
 */
function asOneRow(rows: string, keys: number, further: readonly string[]): string {
  const last = Array.from({ length: keys }, (_, index) => `min(k${index})`).join(', ');
  const columns = [`string_agg(body, ',') AS data`, 'count(*)::int AS found', `json_build_array(${last}) AS last`, ...further];
  return `SELECT ${columns.join(', ')} FROM (${rows}) page`;
}
