import type { Ctx } from '../../context/context';
import { requirePermission } from '../../context/permission';
import { oneOf, optional, type Shape } from '../../schema/schema';
import type { DeletedRows } from '../definition/columns';
import type { Resource } from '../definition/resource';

/** Returns the query parameter `deleted` of a resource whose objects are soft-deleted. */
export function deletedShape(resource: Resource, values: readonly DeletedRows[]): Shape {
  if (!('deletedAt' in resource.fields)) return {};
  return {
    deleted: optional(oneOf(...values).description(`Shows soft-deleted objects, too, or only those; needs ${resource.name}:restore.`)),
  };
}

/** Returns which soft-deleted rows a query asks for; throws `forbidden` (403) unless the actor may restore them. */
export function deletedRows(ctx: Ctx, resource: Resource, deleted: unknown): DeletedRows {
  if (deleted === undefined || deleted === 'without') return 'without';
  requirePermission(ctx, `${resource.name}:restore`);
  return deleted as DeletedRows;
}
