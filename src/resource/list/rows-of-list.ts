import type { Ctx } from '../../context/context';
import type { Condition } from '../../database/sql/binder';
import { type DeletedRows, deletedCondition } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { deletedRows } from '../query/deleted-rows';
import { filterConditions } from '../query/filters/filters';
import type { ListQuery } from '../query/list-query';
import { RELEVANCE } from '../query/order/sort';

/** Which rows a list has, and in which order. */
export interface ListRows {
  readonly conditions: readonly Condition[];
  /** Those of the conditions that depend on the actor. */
  readonly scope: readonly Condition[];
  readonly sort: string;
  readonly deleted: DeletedRows;
}

/**
 * Returns the rows of a list query, under further conditions; throws `forbidden` (403) where it asks for deleted rows that the actor may not
 * see.
 */
export function rowsOfList(ctx: Ctx, resource: Resource, query: ListQuery, fixed: readonly Condition[] = []): ListRows {
  const deleted = deletedRows(ctx, resource, query.deleted);
  const sort = query.sort ?? (isRanked(resource, query) ? `-${RELEVANCE}` : resource.defaultSort);
  const scope = resource.scope?.(ctx) ?? [];
  const visible = [...deletedCondition(resource.model(), deleted), ...scope];
  const conditions = [
    ...fixed,
    ...visible,
    ...(query.q !== undefined && resource.search ? [resource.search.matches(query.q, visible)] : []),
    ...filterConditions(resource, query),
  ];
  return { conditions, scope, sort, deleted };
}

function isRanked({ search }: Resource, { q }: ListQuery): boolean {
  return q !== undefined && (search?.isRanked(q) ?? false);
}
