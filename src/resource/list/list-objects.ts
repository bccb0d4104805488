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
  const page = await findPage(ctx, request, (wayAt) => planList(ctx, resource, request, path, conditions, wayAt));
  const firstWay = page.result.data === '' ? 0 : page.wayAt;
  const counted = query.facets === undefined ? null : await countFacets(ctx, resource, query, conditions, firstWay);
  return presentList(request, page, counted);
}

/** Returns the condition that rows belong to one object, for a list below it. */
export function belongingTo(columnName: string, id: string): Condition {
  return equals(columnName, id, 'uuid');
}
