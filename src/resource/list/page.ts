import { run } from '../../database/statement';
import { queryTogether } from '../../database/together/shared-connections';
import { type Ctx, isTxContext } from '../../http/context';
import { pageTooDeep } from '../../http/problems/kinds';
import type { Resource } from '../resource';
import { Binder, type Condition, where } from '../sql/binder';
import { compiledProjection } from '../sql/compiled-projection';
import type { Representation } from '../sql/projection';
import { tableOf } from '../sql/table';
import { MAX_NUMBERED_ROWS } from './grammar';
import { type Cursor, type Position, stretches } from './keyset';
import { orderBy, type SortKey } from './sort';

/** What to fetch: rows under conditions, in an order, from a place on. */
export interface PageRequest {
  readonly conditions: readonly Condition[];
  readonly keys: readonly SortKey[];
  readonly representation: Representation;
  readonly limit: number;
  /** Whether it is a walk in an index's order, which takes as long as its rows, however many there are in all. */
  readonly isPlainWalk: boolean;
}

/** A page's rows as the members of a JSON array, in the list's order, and the place of the last one on the way, where more lie beyond. */
export interface Page {
  readonly data: string;
  readonly last: Position | null;
}

/** A numbered page's rows, and whether there are more. */
export interface NumberedPage {
  readonly data: string;
  readonly hasNext: boolean;
}

/** What is fetched at once: the rows of the page, how many were found (one more than its limit, at most), and where a full page ends. */
interface Fetched {
  readonly data: string | null;
  readonly found: number;
  readonly last: Position;
}

/** The page that begins at the cursor, or the first one: one statement. */
export async function pageByCursor(ctx: Ctx, resource: Resource, request: PageRequest, cursor: Cursor | null): Promise<Page> {
  const places = cursor ? stretches(request.keys, cursor) : [];
  const { data, found, last } = await fetch(ctx, resource, request, cursor?.backwards ?? false, places, 0);
  return { data: data ?? '', last: found > request.limit ? last : null };
}

/** The numbered page; throws `page_too_deep` (400) beyond 10,000 rows. */
export async function pageByNumber(ctx: Ctx, resource: Resource, request: PageRequest, page: number): Promise<NumberedPage> {
  const offset = (page - 1) * request.limit;
  if (offset + request.limit > MAX_NUMBERED_ROWS) {
    throw pageTooDeep.because(
      `Numbered pages end at ${MAX_NUMBERED_ROWS} rows; walk on with cursors: leave out "page" and follow nextCursor.`,
    );
  }
  const { data, found } = await fetch(ctx, resource, request, false, [], offset);
  return { data: data ?? '', hasNext: found > request.limit };
}

/*
 * The rows of the page first, then what is aggregated around them: sub-selects are computed for the page's rows only. One row
 * more than asked for tells whether there is a next page. LIMIT is a literal, which PostgreSQL plans better than a parameter.
 * Several stretches are each limited, so that no more than a page is read of any. The rows are answered as one text: a driver that
 * makes objects of them, to have them joined again, takes half as long again (docs/performance.md).
 */
async function fetch(
  ctx: Ctx,
  resource: Resource,
  request: PageRequest,
  backwards: boolean,
  places: readonly Condition[],
  offset: number,
): Promise<Fetched> {
  const { keys, conditions, representation, limit, isPlainWalk } = request;
  const body = compiledProjection(ctx, resource, representation);
  const binder = new Binder(body.values);
  const { bind } = binder;
  const source = tableOf(resource.model());
  const order = () => orderBy(keys, 't', bind, backwards);
  const range = `LIMIT ${limit + 1}${offset === 0 ? '' : ` OFFSET ${offset}`}`;
  const stretch = (place: readonly Condition[]) =>
    `SELECT * FROM ${source} t${where([...conditions, ...place], 't', bind)} ORDER BY ${order()} ${range}`;
  const merged = () =>
    `SELECT * FROM (${places.map((place) => `(${stretch([place])})`).join(' UNION ALL ')}) t ORDER BY ${order()} ${range}`;
  const ordered = places.length > 1 ? merged() : stretch(places);
  const keyColumns = keys.map(({ value }, index) => `CASE WHEN t.page_row = ${limit} THEN (${value('t', bind)})::text END AS k${index}`);
  const shown = `CASE WHEN t.page_row <= ${limit} THEN ${body.sql} END AS body`;
  const rows = `SELECT ${[shown, ...keyColumns].join(', ')} FROM (SELECT *, row_number() OVER () AS page_row FROM (${ordered}) o) t`;
  const turned = backwards ? `${rows} ORDER BY t.page_row DESC` : rows;
  const statement = { text: asOneRow(turned, keys.length), values: binder.values };
  const isShort = isPlainWalk && !isTxContext(ctx);
  const [row] = await (isShort ? queryTogether<Fetched>(ctx.sequelize, statement) : run<Fetched>(ctx, statement));
  if (!row) throw new Error('An aggregate answered no row.');
  return row;
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
