import { type Ctx, isTxContext } from '../../context/context';
import { queryShared } from '../../database/batching/shared-connections';
import { queryInShare, type ReadShare } from '../../database/pool/query-in-share';
import type { Statement } from '../../database/sql/statement';
import { type Position, shapeOf } from '../query/order/keyset';
import { countRows, type Total } from './count/count';
import { listCost } from './count/list-cost';
import { bindPosition, pageStatement } from './page/page-statement';
import type { ListRequest } from './parse-list-query';
import type { ListPlan } from './plan-list';

/** The rows of a page as the members of a JSON array, and what is known about the rest of the list. */
export interface ListResult {
  readonly data: string;
  readonly hasMore: boolean;
  /** The position of the last row in the direction of the list, where more rows follow. */
  readonly last: Position | null;
  /** Whether there are as many matches as are ranked, or more, so that the list may end before they do. */
  readonly isTruncated: boolean;
  /** The texts of the first rows whose words a suggestion takes, where the plan has them. */
  readonly spellings: readonly string[];
  /** Null where the client did not ask for it. */
  readonly total: Total | null;
}

/* `found` is one more than the limit where more rows follow. */
interface PageRow {
  readonly data: string | null;
  readonly found: number;
  readonly last: Position;
  readonly is_truncated?: boolean;
  readonly spellings?: readonly string[] | null;
  /** Whether timed fields of some row are behind, so that the page is to be read again by their expressions. */
  readonly is_due?: boolean | null;
}

/** Fetches a page in one statement (another one where timed fields are due), and its total in another where it is asked for; a numbered page always has one. */
export async function runList(ctx: Ctx, plan: ListPlan, request: ListRequest): Promise<ListResult> {
  const { total } = request.query;
  const share = listCost(request.query) > 1 ? 'slow' : 'list';
  const stored = await fetchPage(ctx, plan, share, statementOf(ctx, plan, request));
  const timed = stored.is_due ? timedPlan(plan) : null;
  const {
    data,
    found,
    last,
    is_truncated: isTruncated = false,
    spellings,
  } = timed ? await fetchPage(ctx, timed, share, statementOf(ctx, timed, request)) : stored;
  const isCounted = request.page !== null || (total !== undefined && total !== 'false');
  const counted = isCounted ? await countRows(ctx, share, plan.resource, plan.page.conditions, total === 'exact') : null;
  const hasMore = found > plan.page.limit;
  return { data: data ?? '', hasMore, isTruncated, last: hasMore ? last : null, spellings: spellings ?? [], total: counted };
}

/* Not kept: within seconds a job writes down what is due. */
function timedPlan({ page, ...plan }: ListPlan): ListPlan {
  return { ...plan, page: { ...page, representation: { ...page.representation, isTimed: true } }, statements: new Map() };
}

function statementOf(ctx: Ctx, { resource, page, statements }: ListPlan, { cursor, page: number }: ListRequest): Statement {
  if (number !== null) return pageStatement(ctx, resource, page, null, (number - 1) * page.limit);
  const key = cursor ? JSON.stringify(shapeOf(cursor)) : 'first';
  const planned = statements.get(key) ?? pageStatement(ctx, resource, page, cursor && shapeOf(cursor), 0);
  statements.set(key, planned);
  return cursor ? bindPosition(planned, cursor.position) : planned;
}

async function fetchPage(ctx: Ctx, { page }: ListPlan, share: ReadShare, statement: Statement): Promise<PageRow> {
  const isShort = page.isIndexWalk && !isTxContext(ctx);
  const [row] = await (isShort ? queryShared<PageRow>(ctx, statement) : queryInShare<PageRow>(ctx, share, statement));
  if (!row) throw new Error('An aggregate returned no row.');
  return row;
}
