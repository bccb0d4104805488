import type { TxContext } from '../../../context/context';
import { Binder, type Condition, where } from '../../../database/sql/binder';
import { queryOne } from '../../../database/sql/statement';
import { columnOf, deletedCondition, tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';

/** A slug to be numbered until it is free. */
export interface SlugRequest {
  /** The field that is the slug. */
  readonly name: string;
  readonly base: string;
  readonly max: number;
  /** The object that gets it, where it exists; it may keep its own. */
  readonly id: string | null;
}

/**
 * Returns the first of `base`, `base-2`, `base-3` ... that no other object has, in at most `max` characters. Call it under a lock on the
 * base, or another transaction finds the same one.
 */
export async function freeSlug(tx: TxContext, resource: Resource, { name, base, max, id }: SlugRequest): Promise<string> {
  const { bind, values } = new Binder();
  const model = resource.model();
  const start = bind(base, 'text');
  const numbered = `rtrim(left(${start}, ${max - 1} - length((n + 1)::text)), '-') || '-' || n + 1`;
  const isTaken: Condition = (t) => `${t}.${columnOf(model, name)} = tried.slug AND ${t}.id IS DISTINCT FROM ${bind(id, 'uuid')}`;
  const others = where([...deletedCondition(model, 'without'), isTaken], 't', bind);
  const row = await queryOne<{ slug: string }>(tx, {
    text: `WITH RECURSIVE tried (n, slug) AS (
      SELECT 1, ${start} UNION ALL SELECT n + 1, ${numbered} FROM tried WHERE EXISTS (SELECT 1 FROM ${tableOf(model)} t${others})
    ) SELECT slug FROM tried ORDER BY n DESC LIMIT 1`,
    values,
  });
  if (!row) throw new Error('A recursive query returned no row.');
  return row.slug;
}
