import { run } from '../../database/statement';
import type { Ctx } from '../../http/context';
import { pageTooDeep } from '../../http/problems/kinds';
import type { Resource } from '../resource';
import { Binder, type Condition, where } from '../sql/binder';
import { projection, type Representation } from '../sql/projection';
import { tableOf } from '../sql/table';
import type { Cursor } from './cursor';
import { MAX_NUMBERED_ROWS } from './grammar';
import { beyond, type Position } from './keyset';
import { orderBy, type SortKey } from './sort';

/** What to fetch: rows under conditions, in an order, from a place on. */
export interface PageRequest {
  readonly conditions: readonly Condition[];
  readonly keys: readonly SortKey[];
  readonly representation: Representation;
  readonly limit: number;
}

/** A page's rows as JSON text, in the list's order, and whether there are more on each side. */
export interface Page {
  readonly rows: readonly string[];
  readonly first: Position | null;
  readonly last: Position | null;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

type Row = Readonly<Record<string, string | null>>;

/** The page that begins at the cursor, or the first one: one statement. */
export async function pageByCursor(ctx: Ctx, resource: Resource, request: PageRequest, cursor: Cursor | null): Promise<Page> {
  const backwards = cursor?.backwards ?? false;
  const place = cursor ? [beyond(request.keys, cursor.position, backwards)] : [];
  const found = await fetch(ctx, resource, { ...request, conditions: [...request.conditions, ...place] }, backwards, 0);
  const hasMore = found.length > request.limit;
  const rows = found.slice(0, request.limit);
  if (backwards) rows.reverse();
  return toPage(rows, request.keys, backwards || hasMore, backwards ? hasMore : cursor !== null, backwards && rows.length === 0);
}

/** The numbered page; throws `page_too_deep` (400) beyond 10,000 rows. */
export async function pageByNumber(ctx: Ctx, resource: Resource, request: PageRequest, page: number): Promise<Page> {
  const offset = (page - 1) * request.limit;
  if (offset + request.limit > MAX_NUMBERED_ROWS) {
    throw pageTooDeep.because(
      `Numbered pages end at ${MAX_NUMBERED_ROWS} rows; walk on with cursors: leave out "page" and follow nextCursor.`,
    );
  }
  const found = await fetch(ctx, resource, request, false, offset);
  return toPage(found.slice(0, request.limit), request.keys, found.length > request.limit, page > 1, false);
}

/*
 * The rows of the page first, then what is aggregated around them: sub-selects are computed for the page's rows only. One row
 * more than asked for tells whether there is a next page. LIMIT is a literal, which PostgreSQL plans better than a parameter.
 */
async function fetch(ctx: Ctx, resource: Resource, request: PageRequest, backwards: boolean, offset: number): Promise<Row[]> {
  const { keys, conditions, representation, limit } = request;
  const binder = new Binder();
  const { bind } = binder;
  const source = tableOf(resource.model());
  const inner = `SELECT * FROM ${source} t${where(conditions, 't', bind)} ORDER BY ${orderBy(keys, 't', bind, backwards)}`;
  const range = `LIMIT ${limit + 1}${offset === 0 ? '' : ` OFFSET ${offset}`}`;
  const keyColumns = keys.map(({ value }, index) => `(${value('t', bind)})::text AS k${index}`);
  const columns = [`${projection(ctx, resource, representation, 't', bind)} AS body`, ...keyColumns].join(', ');
  const text = `SELECT ${columns} FROM (${inner} ${range}) t ORDER BY ${orderBy(keys, 't', bind, backwards)}`;
  return run<Row>(ctx, { text, values: binder.values });
}

function toPage(rows: readonly Row[], keys: readonly SortKey[], hasNext: boolean, hasPrevious: boolean, isPastStart: boolean): Page {
  return {
    rows: rows.map(({ body }) => body as string),
    first: position(rows[0], keys),
    last: position(rows.at(-1), keys),
    hasNext: hasNext && !isPastStart,
    hasPrevious,
  };
}

function position(row: Row | undefined, keys: readonly SortKey[]): Position | null {
  return row ? keys.map((_key, index) => row[`k${index}`] ?? null) : null;
}
