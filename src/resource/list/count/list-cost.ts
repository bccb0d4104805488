import { DEFAULT_LIMIT } from '../../definition/limits';
import type { ListQuery } from '../../query/list-query';

const SEARCH = 9;
const EXACT_TOTAL = 99;
/* The database reads and drops the rows before a numbered page. */
const ROWS_PER_POINT = 1_000;

/**
 * Returns the points that a list takes from the rate limit, 1 for a plain page: a search, counts of facets or a `contains` filter take 10, an exact total
 * 100, a numbered page one more for each 1,000 rows down.
 */
export function listCost(query: ListQuery): number {
  const { page = 1, limit = DEFAULT_LIMIT } = query;
  const isSearch = query.q !== undefined || query.facets !== undefined || Object.keys(query).some((name) => name.endsWith('[contains]'));
  return 1 + (isSearch ? SEARCH : 0) + (query.total === 'exact' ? EXACT_TOTAL : 0) + Math.floor((page * limit) / ROWS_PER_POINT);
}
