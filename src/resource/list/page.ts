import { type Ctx, isTxContext } from '../../context/context';
import { queryTogether } from '../../database/batching/shared-connections';
import { queryAll, type Statement } from '../../database/sql/statement';
import { pageTooDeep } from '../../problems/common-problems';
import { type Cursor, type Position, placeOf } from '../query/keyset';
import { MAX_NUMBERED_ROWS } from '../query/list-query';
import type { CompiledList } from './compiled-list';
import { type PageRequest, pageStatement, startingAt } from './page-statement';

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
export async function pageByCursor(ctx: Ctx, { resource, request, statements }: CompiledList, cursor: Cursor | null): Promise<Page> {
  const name = cursor ? nameOf(cursor) : 'first';
  const statement = statements.get(name) ?? pageStatement(ctx, resource, request, cursor && placeOf(cursor), 0);
  statements.set(name, statement);
  const { data, found, last } = await fetch(ctx, request, cursor ? startingAt(statement, cursor.position) : statement);
  return { data: data ?? '', last: found > request.limit ? last : null };
}

/** The numbered page; throws `page_too_deep` (400) beyond 10,000 rows. */
export async function pageByNumber(ctx: Ctx, { resource, request }: CompiledList, page: number): Promise<NumberedPage> {
  const offset = (page - 1) * request.limit;
  if (offset + request.limit > MAX_NUMBERED_ROWS) {
    throw pageTooDeep.because(
      `Numbered pages end at ${MAX_NUMBERED_ROWS} rows; walk on with cursors: leave out "page" and follow nextCursor.`,
    );
  }
  const { data, found } = await fetch(ctx, request, pageStatement(ctx, resource, request, null, offset));
  return { data: data ?? '', hasNext: found > request.limit };
}

/* Cursors of one name have the same statement; there are few, for a list has five keys at most. */
function nameOf({ position, backwards, inclusive }: Cursor): string {
  const way = (backwards ? 'b' : 'f') + (inclusive ? 'i' : 'e');
  return position.reduce<string>((name, value) => name + (value === null ? '0' : '1'), way);
}

async function fetch(ctx: Ctx, { isPlainWalk }: PageRequest, statement: Statement): Promise<Fetched> {
  const isShort = isPlainWalk && !isTxContext(ctx);
  const [row] = await (isShort ? queryTogether<Fetched>(ctx.sequelize, statement) : queryAll<Fetched>(ctx, statement));
  if (!row) throw new Error('An aggregate answered no row.');
  return row;
}
