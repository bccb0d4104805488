import type { Ctx } from '../../context/context';
import { Binder, type Condition, column, where } from '../../database/sql/binder';
import { columnOf, type DeletedRows, deletedCondition, isVersioned, tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { type CompiledProjection, compiledProjection } from './compiled-projection';
import { fingerprint } from './etag-expression';
import { isWhole, type Representation } from './projection';

/** How a read finds its rows, and what it shows of them. */
export interface ReadShape {
  readonly representation: Representation;
  readonly by: { readonly column: string; readonly type: 'uuid' | 'text' };
  readonly deleted: DeletedRows;
}

/** A read of some objects as SQL; its own values come first, then the list of keys, then that of the tags (or nulls) their clients hold. */
export interface CompiledRead {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A row that the statement answers; one for each key that is there for the actor. */
export interface ReadRow {
  /** Which of the keys it is, from 1 on. */
  readonly place: number;
  /** Null where the client holds it already. */
  readonly body: string | null;
  /** 0 where it has none. */
  readonly version: number;
  /** Of what its version does not tell; null where it tells all. */
  readonly digest: string | null;
}

/* By projection, and so by resource, actor and representation; the few ways to find a row are left. */
const byProjection = new WeakMap<CompiledProjection, Map<string, CompiledRead>>();

/** The statement of reads of one shape for the actor, put together at the first of them: it is a text of thousands of characters. */
export function compiledRead(ctx: Ctx, resource: Resource, shape: ReadShape): CompiledRead {
  const projection = compiledProjection(ctx, resource, shape.representation);
  const reads = byProjection.get(projection) ?? new Map<string, CompiledRead>();
  byProjection.set(projection, reads);
  const name = `${shape.by.column} ${shape.deleted}`;
  const compiled = reads.get(name) ?? compile(ctx, resource, shape, projection);
  reads.set(name, compiled);
  return compiled;
}

function compile(
  ctx: Ctx,
  resource: Resource,
  { by, deleted, representation }: ReadShape,
  { sql, values }: CompiledProjection,
): CompiledRead {
  const model = resource.model();
  const binder = new Binder(values);
  const isKey: Condition = (alias) => `${column(alias, by.column)} = held.key`;
  const found = where([...deletedCondition(model, deleted), ...(resource.scope?.(ctx) ?? []), isKey], 't', binder.bind);
  const version = isVersioned(resource) ? column('t', columnOf(model, 'version')) : null;
  const { shown, beside } =
    version === null
      ? unversioned(sql)
      : isWhole(representation)
        ? byVersion(sql, version)
        : chosen(sql, version, fingerprint(ctx, resource, representation, 't', binder.bind));
  const given = binder.values.length;
  // Lists as sub-selects: PostgreSQL cannot see how long they are, else it plans a read of few anew each time, which takes it 2 ms.
  const text = `SELECT held.place::int AS place, r.body, r.version, r.digest
    FROM unnest((SELECT $${given + 1}::${by.type}[]), (SELECT $${given + 2}::text[])) WITH ORDINALITY AS held (key, tag, place)
    JOIN LATERAL (SELECT ${shown} FROM ${tableOf(model)} t${beside}${found} LIMIT 1) r ON true`;
  return { text, values: binder.values };
}

/** What a row is shown as, and what is computed beside it. */
interface Shown {
  readonly shown: string;
  readonly beside: string;
}

function unversioned(sql: string): Shown {
  return { shown: `${sql} AS body, 0 AS version, NULL AS digest`, beside: '' };
}

/* The object is written only where the client holds another one. */
function byVersion(sql: string, version: string): Shown {
  const body = `CASE WHEN held.tag = ${version}::text THEN NULL ELSE ${sql} END`;
  return { shown: `${body} AS body, ${version} AS version, NULL AS digest`, beside: '' };
}

/* Related rows change without the object's version. OFFSET keeps what stands beside the row from being computed twice. */
function chosen(sql: string, version: string, print: string | null): Shown {
  return print === null ? byDigest(sql, version) : byPrint(sql, version, print);
}

function byPrint(sql: string, version: string, print: string): Shown {
  const body = `CASE WHEN held.tag = ${version} || '.' || d.digest THEN NULL ELSE ${sql} END`;
  return { shown: `${body} AS body, ${version} AS version, d.digest`, beside: besideRow('d', `${print} AS digest`) };
}

/* Where related rows have no version the text itself is digested. */
function byDigest(sql: string, version: string): Shown {
  const body = `CASE WHEN held.tag = ${version} || '.' || d.digest THEN NULL ELSE w.body END`;
  const beside = besideRow('w', `${sql} AS body`) + besideRow('d', 'to_hex(hashtextextended(w.body, 0)) AS digest');
  return { shown: `${body} AS body, ${version} AS version, d.digest`, beside };
}

function besideRow(alias: string, computed: string): string {
  return ` CROSS JOIN LATERAL (SELECT ${computed} OFFSET 0) ${alias}`;
}
