import { run } from '../../database/statement';
import type { Ctx } from '../../http/context';
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
}

/** A page's rows as JSON text, in the list's order, and the places where it goes on, if any. */
export interface Page {
  readonly rows: readonly string[];
  readonly next: Cursor | null;
  readonly previous: Cursor | null;
}

/** A numbered page's rows, and whether there are more. */
export interface NumberedPage {
  readonly rows: readonly string[];
  readonly hasNext: boolean;
}

type Row = Readonly<Record<string, string | null>>;

/** The page that begins at the cursor, or the first one: one statement. */
export async function pageByCursor(ctx: Ctx, resource: Resource, request: PageRequest, cursor: Cursor | null): Promise<Page> {
  const backwards = cursor?.backwards ?? false;
  const found = await fetch(ctx, resource, request, backwards, cursor ? stretches(request.keys, cursor) : [], 0);
  const rows = found.slice(0, request.limit);
  const hasMore = found.length > rows.length;
  if (backwards) rows.reverse();
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return { rows: [], ...turnedRound(cursor) };
  const hasNext = backwards || hasMore;
  const hasPrevious = backwards ? hasMore : cursor !== null;
  return {
    rows: bodies(rows),
    next: hasNext ? { position: positionOf(last, request.keys), backwards: false, inclusive: false } : null,
    previous: hasPrevious ? { position: positionOf(first, request.keys), backwards: true, inclusive: false } : null,
  };
}

/* Where all that lay beyond the cursor is gone, the way back begins at the cursor itself: an empty page is no dead end. */
function turnedRound(cursor: Cursor | null): Pick<Page, 'next' | 'previous'> {
  const turned = cursor && { position: cursor.position, backwards: !cursor.backwards, inclusive: !cursor.inclusive };
  return turned?.backwards ? { next: null, previous: turned } : { next: turned, previous: null };
}

/** The numbered page; throws `page_too_deep` (400) beyond 10,000 rows. */
export async function pageByNumber(ctx: Ctx, resource: Resource, request: PageRequest, page: number): Promise<NumberedPage> {
  const offset = (page - 1) * request.limit;
  if (offset + request.limit > MAX_NUMBERED_ROWS) {
    throw pageTooDeep.because(
      `Numbered pages end at ${MAX_NUMBERED_ROWS} rows; walk on with cursors: leave out "page" and follow nextCursor.`,
    );
  }
  const found = await fetch(ctx, resource, request, false, [], offset);
  return { rows: bodies(found.slice(0, request.limit)), hasNext: found.length > request.limit };
}

/*
 * The rows of the page first, then what is aggregated around them: sub-selects are computed for the page's rows only. One row
 * more than asked for tells whether there is a next page. LIMIT is a literal, which PostgreSQL plans better than a parameter.
 * Several stretches are each limited, so that no more than a page is read of any.
 */
async function fetch(
  ctx: Ctx,
  resource: Resource,
  request: PageRequest,
  backwards: boolean,
  places: readonly Condition[],
  offset: number,
): Promise<Row[]> {
  const { keys, conditions, representation, limit } = request;
  const body = compiledProjection(ctx, resource, representation);
  const binder = new Binder(body.values);
  const { bind } = binder;
  const source = tableOf(resource.model());
  const order = () => orderBy(keys, 't', bind, backwards);
  const range = `LIMIT ${limit + 1}${offset === 0 ? '' : ` OFFSET ${offset}`}`;
  const stretch = (place: readonly Condition[]) =>
    `SELECT * FROM ${source} t${where([...conditions, ...place], 't', bind)} ORDER BY ${order()} ${range}`;
  const inner = places.length > 1 ? places.map((place) => `(${stretch([place])})`).join(' UNION ALL ') : stretch(places);
  const keyColumns = keys.map(({ value }, index) => `(${value('t', bind)})::text AS k${index}`);
  const columns = [`${body.sql} AS body`, ...keyColumns].join(', ');
  const text = `SELECT ${columns} FROM (${inner}) t ORDER BY ${order()}${places.length > 1 ? ` ${range}` : ''}`;
  return run<Row>(ctx, { text, values: binder.values });
}

function bodies(rows: readonly Row[]): string[] {
  return rows.map(({ body }) => body as string);
}

function positionOf(row: Row, keys: readonly SortKey[]): Position {
  return keys.map((_key, index) => row[`k${index}`] ?? null);
}
