import type { Ctx } from '../../../context/context';
import { isCursorOf, notOfThisList } from '../../query/order/cursor';
import type { ListRequest } from '../parse-list-query';
import type { ListPlan } from '../plan-list';
import { type ListResult, runList } from '../run-list';

/** A page, and the plan that found it. */
export interface FoundPage {
  readonly plan: ListPlan;
  readonly result: ListResult;
  /** The names of the ways to match `q` that were tried, the last one being the plan's. */
  readonly tried: readonly string[];
  /** A query that `q` may mean, where not its words are found. */
  readonly suggestion: string | null;
}

/**
 * Fetches a page by the first plan that has rows, which is the only one but for searches; a cursor names its plan. Throws `invalid_cursor`
 * (400) for a cursor of another list.
 */
export async function findPage(ctx: Ctx, request: ListRequest, planOf: (wayAt: number) => ListPlan): Promise<FoundPage> {
  const tried: string[] = [];
  for (let at = 0; ; at += 1) {
    const plan = planOf(at);
    const isLast = at >= plan.ways - 1;
    if (plan.way) tried.push(plan.way.name);
    if (request.cursor && !isCursorOf(plan.identity, plan.page.keys.length, request.cursor)) {
      if (isLast) throw notOfThisList();
      continue;
    }
    const result = await runList(ctx, plan, request);
    if (isLast || request.cursor || hasRows(result))
      return { plan, result, tried, suggestion: await suggestionFor(ctx, request, plan, result, at) };
  }
}

async function suggestionFor(
  ctx: Ctx,
  { query, cursor }: ListRequest,
  plan: ListPlan,
  result: ListResult,
  at: number,
): Promise<string | null> {
  const { way, resource } = plan;
  if (query.q === undefined || !way || !resource.search || cursor || (at === 0 && hasRows(result))) return null;
  return resource.search.suggest(ctx, query.q, hasRows(result) ? result.spellings : null);
}

/* A numbered page beyond the end has a total. */
function hasRows({ data, total }: ListResult): boolean {
  return data !== '' || (total?.total ?? 0) > 0;
}
