import { invalidParameters, pageTooDeep } from '../../problems/common-problems';
import { DEFAULT_LIMIT, MAX_NUMBERED_ROWS } from '../definition/limits';
import type { ListQuery } from '../query/list-query';
import { type ParsedCursor, parseCursor } from '../query/order/cursor';

/** A list query with its position read: a cursor, a page number, or neither for the first page. */
export interface ListRequest {
  readonly query: ListQuery;
  readonly limit: number;
  readonly cursor: ParsedCursor | null;
  /** Null for a cursor page. */
  readonly page: number | null;
}

/**
 * Parses the position of a list query. Throws `invalid_cursor` (400) for a malformed cursor, `invalid_parameters` (400) for a cursor
 * beside a page, `page_too_deep` (400) for a numbered page below 10,000 rows.
 */
export function parseListQuery(query: ListQuery): ListRequest {
  const { limit = DEFAULT_LIMIT, cursor, page } = query;
  if (page === undefined) return { query, limit, cursor: cursor === undefined ? null : parseCursor(cursor), page: null };
  if (cursor !== undefined) throw bothPageAndCursor();
  if (page * limit > MAX_NUMBERED_ROWS) {
    throw pageTooDeep.because(`Numbered pages end at ${MAX_NUMBERED_ROWS} rows. Leave out "page" and follow nextCursor instead.`);
  }
  return { query, limit, cursor: null, page };
}

function bothPageAndCursor() {
  const message = 'page and cursor exclude each other';
  return invalidParameters.because(message, { errors: [{ pointer: 'page', code: 'not_allowed', message }] });
}
