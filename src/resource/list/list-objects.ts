import type { Ctx } from '../../context/context';
import { type Condition, equals } from '../../database/sql/binder';
import type { Reply } from '../../http/output/reply';
import type { Resource } from '../definition/resource';
import type { ListQuery } from '../query/list-query';
import { countFacets } from './facets/count-facets';
import { parseListQuery } from './parse-list-query';
import { planList } from './plan-list';
import { presentList } from './present-list';
import { findPage } from './search/find-page';

/** Returns one page of a resource's list, by cursor or by number, under further conditions. */
export async function listObjects(
  ctx: Ctx,
  resource: Resource,
  query: ListQuery,
  path: string,
  conditions: readonly Condition[] = [],
): Promise<Reply> {
  const request = parseListQuery(query);
  // At once: neither needs the other, and each takes its time.
  const finding = findPage(ctx, request, (wayAt) => planList(ctx, resource, request, path, conditions, wayAt));
  const counting = query.facets === undefined ? null : countFacets(ctx, resource, query, conditions);
  const [page, counted] = await Promise.all([finding, counting]);
  return presentList(request, page, counted);
}

/** Returns the condition that rows belong to one object, for a list below it. */
export function belongingTo(columnName: string, id: string): Condition {
  return equals(columnName, id, 'uuid');
}
