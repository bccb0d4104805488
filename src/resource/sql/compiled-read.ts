import type { Ctx } from '../../http/context';
import type { Resource } from '../resource';
import { Binder, type Condition, column, where } from './binder';
import { type CompiledProjection, compiledProjection } from './compiled-projection';
import type { Representation } from './projection';
import { columnOf, type DeletedRows, deletedCondition, isVersioned, tableOf } from './table';

/** How a read of one finds its row, and whether it shows it. */
export interface ReadShape {
  readonly representation: Representation;
  readonly by: { readonly column: string; readonly type: 'uuid' | 'text' };
  readonly deleted: DeletedRows;
  /**
   * Versions that the client has: `some` of a list, `any`, or `none`; the body of a known one is null. `each`: of several objects, the
   * version of each that somebody has.
   */
  readonly known: 'none' | 'some' | 'any' | 'each';
}

/**
 * A read of one as SQL; its own values come first, then the key, then, for `some`, the list of known versions. For `each` the ids and
 * the versions of them come, and one row answers `found`: body and version of each in their order, null for one that is not there.
 */
export interface CompiledRead {
  readonly text: string;
  readonly values: readonly unknown[];
}

/* By projection, and so by resource, actor and representation; the few ways to find a row are left. */
const byProjection = new WeakMap<CompiledProjection, Map<string, CompiledRead>>();

/** The statement of a read of one for the actor, put together at the first read of this shape: it is a text of thousands of characters. */
export function compiledRead(ctx: Ctx, resource: Resource, shape: ReadShape): CompiledRead {
  const projection = compiledProjection(ctx, resource, shape.representation);
  const reads = byProjection.get(projection) ?? new Map<string, CompiledRead>();
  byProjection.set(projection, reads);
  const name = `${shape.by.column} ${shape.deleted} ${shape.known}`;
  const compiled = reads.get(name) ?? compile(ctx, resource, shape, projection);
  reads.set(name, compiled);
  return compiled;
}

function compile(ctx: Ctx, resource: Resource, { by, deleted, known }: ReadShape, { sql, values }: CompiledProjection): CompiledRead {
  const model = resource.model();
  const binder = new Binder(values);
  // What the caller gives is no value of the statement's own, so it is not bound: its place comes after theirs.
  const given = (place: number, type: string) => `$${binder.values.length + place}::${type}`;
  const isKey: Condition = (alias) => `${column(alias, by.column)} = ${known === 'each' ? 'held.id' : given(1, by.type)}`;
  const found = where([...deletedCondition(model, deleted), ...(resource.scope?.(ctx) ?? []), isKey], 't', binder.bind);
  const version = isVersioned(resource) ? column('t', columnOf(model, 'version')) : '0';
  const isKnown = { none: null, some: `${version} = ANY (${given(2, 'int[]')})`, any: 'true', each: `${version} = held.version` }[known];
  const body = isKnown === null ? sql : `CASE WHEN ${isKnown} THEN NULL ELSE ${sql} END`;
  const text =
    known === 'each'
      ? `SELECT json_agg(CASE WHEN t.id IS NOT NULL THEN json_build_object('body', (${body})::text, 'version', ${version}) END ORDER BY held.place) AS found
        FROM unnest(${given(1, 'uuid[]')}, ${given(2, 'int[]')}) WITH ORDINALITY AS held (id, version, place)
        LEFT JOIN LATERAL (SELECT * FROM ${tableOf(model)} t${found}) t ON true`
      : `SELECT ${body} AS body, ${version} AS version FROM ${tableOf(model)} t${found} LIMIT 1`;
  return { text, values: binder.values };
}
