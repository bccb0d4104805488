import type { Ctx } from '../../context/context';
import { Binder, type Condition, where } from '../../database/sql/binder';
import type { Statement } from '../../database/sql/statement';
import { tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { type Place, PlaceValue, type Position, stretches } from '../query/keyset';
import { orderBy, type SortKey } from '../query/sort';
import { compiledProjection } from '../read/compiled-projection';
import type { Representation } from '../read/projection';

/** What pages of a list are fetched with: rows under conditions, in an order. */
export interface PageRequest {
  readonly conditions: readonly Condition[];
  readonly keys: readonly SortKey[];
  readonly representation: Representation;
  readonly limit: number;
  /** Whether it is a walk in an index's order, which takes as long as its rows, however many there are in all. */
  readonly isPlainWalk: boolean;
}

/**
 * The statement of a page from a place on, or from the list's beginning; `startingAt` gives it the values of the place.
 *
 * The rows of the page first, then what is aggregated around them: sub-selects are computed for the page's rows only. One row
 * more than asked for tells whether there is a next page. LIMIT is a literal, which PostgreSQL plans better than a parameter.
 * Several stretches are each limited, so that no more than a page is read of any. The rows are answered as one text: a driver that
 * makes objects of them, to have them joined again, takes half as long again (docs/performance.md).
 */
export function pageStatement(ctx: Ctx, resource: Resource, request: PageRequest, place: Place | null, offset: number): Statement {
  const { keys, conditions, representation, limit } = request;
  const backwards = place?.backwards ?? false;
  const places = place ? stretches(keys, place) : [];
  const body = compiledProjection(ctx, resource, representation);
  const binder = new Binder(body.values);
  const { bind } = binder;
  const source = tableOf(resource.model());
  const order = () => orderBy(keys, 't', bind, backwards);
  const range = `LIMIT ${limit + 1}${offset === 0 ? '' : ` OFFSET ${offset}`}`;
  const stretch = (from: readonly Condition[]) =>
    `SELECT * FROM ${source} t${where([...conditions, ...from], 't', bind)} ORDER BY ${order()} ${range}`;
  const merged = () => `SELECT * FROM (${places.map((from) => `(${stretch([from])})`).join(' UNION ALL ')}) t ORDER BY ${order()} ${range}`;
  const ordered = places.length > 1 ? merged() : stretch(places);
  const keyColumns = keys.map(({ value }, index) => `CASE WHEN t.page_row = ${limit} THEN (${value('t', bind)})::text END AS k${index}`);
  const shown = `CASE WHEN t.page_row <= ${limit} THEN ${body.sql} END AS body`;
  const rows = `SELECT ${[shown, ...keyColumns].join(', ')} FROM (SELECT *, row_number() OVER () AS page_row FROM (${ordered}) o) t`;
  const turned = backwards ? `${rows} ORDER BY t.page_row DESC` : rows;
  return { text: asOneRow(turned, keys.length), values: binder.values };
}

/** The statement with the values of the place that its page starts at. */
export function startingAt({ text, values }: Statement, position: Position): Statement {
  return { text, values: values.map((value) => (value instanceof PlaceValue ? position[value.key] : value)) };
}

/*
 * Rows are numbered away from the cursor, so the one too many, which has no body, is the last of them either way, and one row at most
 * has keys, which min() finds, for it ignores NULL. One that joins takes the rows of a sorted sub-query in their order:
 * https://www.postgresql.org/docs/current/functions-aggregate.html
 */
function asOneRow(rows: string, keys: number): string {
  const last = Array.from({ length: keys }, (_, index) => `min(k${index})`).join(', ');
  return `SELECT string_agg(body, ',') AS data, count(*)::int AS found, json_build_array(${last}) AS last FROM (${rows}) page`;
}
