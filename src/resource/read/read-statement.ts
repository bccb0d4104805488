import type { Ctx } from '../../context/context';
import { Binder, type Condition, column, where } from '../../database/sql/binder';
import { type DeletedRows, deletedCondition, isVersioned, tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { PlanCache } from '../query/plan-cache';
import { isWhole, type Representation, showsComputed } from '../query/representation';
import { etagExpression, statisticsExpression, versionExpression } from './etag-expression';
import { projection } from './projection';

/** How a read finds its rows, and what it shows of them. */
export interface ReadShape {
  readonly representation: Representation;
  readonly by: { readonly column: string; readonly type: 'uuid' | 'text' };
  readonly deleted: DeletedRows;
}

/** A read of several objects; its own parameters come first, then the array of keys, then that of the ETags that clients hold (or nulls). */
export interface ReadStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A row of the result: one for each key that the actor sees. */
export interface ReadRow {
  /** The index of its key, from 1. */
  readonly position: number;
  /** Null where the client holds this version. */
  readonly body: string | null;
  /** The ETag without quotes; null where the resource has no versions. */
  readonly tag: string | null;
  /** Whether timed fields are behind, so that the row is to be read again by their expressions. */
  readonly is_due?: boolean | null;
}

const statements = new PlanCache<ReadStatement>();

/** Returns the statement of reads of one shape for the actor. */
export function readStatement(ctx: Ctx, resource: Resource, shape: ReadShape): ReadStatement {
  const { representation, by, deleted } = shape;
  const { fields, include, parameters, isTimed } = representation;
  const key = `${by.column} ${deleted} ${fields?.join() ?? '*'} ${include.join()} ${parameters ? JSON.stringify(parameters) : ''} ${isTimed ? 'timed' : ''}`;
  return statements.get(ctx, resource, key, () => newStatement(ctx, resource, shape));
}

function newStatement(ctx: Ctx, resource: Resource, { by, deleted, representation }: ReadShape): ReadStatement {
  const model = resource.model();
  const binder = new Binder();
  const body = projection(ctx, resource, representation, 't', binder.bind);
  const hasKey: Condition = (alias) => `${column(alias, by.column)} = wanted.key`;
  const found = where([...deletedCondition(model, deleted), ...(resource.scope?.(ctx) ?? []), hasKey], 't', binder.bind);
  const version = isVersioned(resource) ? versionExpression(resource, 't') : null;
  const { columns, laterals } =
    version === null
      ? withoutVersion(body)
      : isWhole(representation) && !showsComputed(resource, representation)
        ? byVersion(body, version, statisticsExpression(resource, 't', representation.isTimed))
        : byDigest(body, version, etagExpression(ctx, resource, representation, 't', binder.bind));
  const due = isDue(resource, representation);
  const parameters = binder.values.length;
  // Arrays as sub-selects: PostgreSQL replans a statement whose arrays' length it sees, which takes 2 ms.
  const text = `SELECT wanted.position::int AS position, r.body, r.tag${due === null ? '' : ', r.is_due'}
    FROM unnest((SELECT $${parameters + 1}::${by.type}[]), (SELECT $${parameters + 2}::text[])) WITH ORDINALITY AS wanted (key, etag, position)
    JOIN LATERAL (SELECT ${columns}${due === null ? '' : `, ${due}`} FROM ${tableOf(model)} t${laterals}${found} LIMIT 1) r ON true`;
  return { text, values: binder.values };
}

/** Returns the SQL of whether row `t` is due, as a column; null where nothing is timed, or shown by its expressions already. */
export function isDue({ timed }: Resource, { parameters, isTimed }: Representation): string | null {
  return timed && !isTimed && !parameters ? `${timed.isDue('t')} AS is_due` : null;
}

/** The selected columns, and the lateral joins that they read. */
interface Selection {
  readonly columns: string;
  readonly laterals: string;
}

function withoutVersion(body: string): Selection {
  return { columns: `${body} AS body, NULL AS tag`, laterals: '' };
}

/* PostgreSQL renders the body only where the client holds another version. */
function byVersion(body: string, version: string, statistics: string | null): Selection {
  const tag = statistics === null ? version : `${version} || '.' || ${statistics}`;
  const unlessHeld = `CASE WHEN wanted.etag = ${tag} THEN NULL ELSE ${body} END`;
  return { columns: `${unlessHeld} AS body, ${tag} AS tag`, laterals: '' };
}

/* Related rows change without the object's version. Where they have versions of their own a digest covers these, else the body's text. */
function byDigest(body: string, version: string, etag: string | null): Selection {
  const rendered = etag === null ? lateral('w', `${body} AS body`) : '';
  const tag = lateral('d', `${version} || '.' || ${etag ?? 'to_hex(hashtextextended(w.body, 0))'} AS tag`);
  const unlessHeld = `CASE WHEN wanted.etag = d.tag THEN NULL ELSE ${etag === null ? 'w.body' : body} END`;
  return { columns: `${unlessHeld} AS body, d.tag`, laterals: rendered + tag };
}

/* OFFSET keeps PostgreSQL from computing it once per reference. */
function lateral(alias: string, computed: string): string {
  return ` CROSS JOIN LATERAL (SELECT ${computed} OFFSET 0) ${alias}`;
}
