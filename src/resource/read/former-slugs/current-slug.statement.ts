import type { Ctx } from '../../../context/context';
import { Binder, type Condition, column, where } from '../../../database/sql/binder';
import { queryOne } from '../../../database/sql/statement';
import { type DeletedRows, deletedCondition, tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';

/** Returns the slug of the object that had this one last, or null where there is none, or none that the actor sees. */
export async function currentSlug(ctx: Ctx, resource: Resource, slug: string, deleted: DeletedRows): Promise<string | null> {
  const model = resource.model();
  const { bind, values } = new Binder();
  const hadIt: Condition = (t) =>
    `${column(t, 'id')} = (SELECT record_id FROM former_slugs WHERE table_name = ${bind(model.tableName, 'text')} AND slug = ${bind(slug, 'text')})`;
  const conditions = [hadIt, ...deletedCondition(model, deleted), ...(resource.scope?.(ctx) ?? [])];
  const text = `SELECT slug FROM ${tableOf(model)} t${where(conditions, 't', bind)}`;
  return (await queryOne<{ slug: string }>(ctx, { text, values }))?.slug ?? null;
}
