import { runForOne } from '../database/statement';
import type { Ctx } from '../http/context';
import type { Conditions } from '../http/endpoint';
import { entityTag, type KnownVersions, knownVersions } from '../http/output/conditional';
import { JsonText, notModified, ok, type Reply } from '../http/output/reply';
import { notFound } from '../http/problems/kinds';
import type { Resource } from './resource';
import { type Bind, Binder, type Condition, column, equals, where } from './sql/binder';
import { compiledProjection } from './sql/compiled-projection';
import type { Representation } from './sql/projection';
import { columnOf, type DeletedRows, deletedCondition, isVersioned, tableOf } from './sql/table';

/** One object as PostgreSQL wrote it, and its version (0 where it has none). */
export interface Found {
  readonly text: JsonText;
  readonly version: number;
}

const WHOLE: Representation = { fields: null, include: [] };
const NATURAL = /^\w+:/;

/** The object with this id or natural key (`slug:chai`), in one statement; throws `not_found` (404), also where it is not for this actor. */
export async function readObject(
  ctx: Ctx,
  resource: Resource,
  key: string,
  representation: Representation = WHOLE,
  deleted: DeletedRows = 'without',
): Promise<Found> {
  const { sql, values } = compiledProjection(ctx, resource, representation);
  const row = await readRow<string>(ctx, resource, key, deleted, sql, new Binder(values));
  return { text: new JsonText(row.body), version: row.version };
}

/**
 * The answer to a client's read of one, in one statement: the object with its ETag, or 304 where the client has this version of
 * the whole object, which is then not even written. Throws `not_found` (404) as `readObject` does.
 */
export async function answerRead(
  ctx: Ctx,
  resource: Resource,
  key: string,
  { ifNoneMatch }: Pick<Conditions, 'ifNoneMatch'>,
  representation: Representation = WHOLE,
  deleted: DeletedRows = 'without',
): Promise<Reply> {
  const known = isVersioned(resource) && isWhole(representation) ? knownVersions(ifNoneMatch) : null;
  if (known === null) return replyWith(resource, await readObject(ctx, resource, key, representation, deleted), representation);
  const { sql, values } = compiledProjection(ctx, resource, representation);
  const binder = new Binder(values);
  const bodyUnlessKnown = `CASE WHEN ${isKnown(resource, known, binder.bind)} THEN NULL ELSE ${sql} END`;
  const { body, version } = await readRow<string | null>(ctx, resource, key, deleted, bodyUnlessKnown, binder);
  if (body === null) return notModified({ ETag: entityTag(version) });
  return replyWith(resource, { text: new JsonText(body), version });
}

/** The problem of an object that is not there for this actor. */
export function notFoundHere({ one }: Resource) {
  return notFound.because(`There is no such ${one}, or it is not yours to see.`);
}

/** The answer that shows one object: 200 with its ETag. */
export function replyWith(resource: Resource, found: Found, representation: Representation = WHOLE): Reply {
  return ok(found.text, tagOf(resource, found, representation));
}

/** The ETag header of an object; none where it has no version. */
export function tagOf(resource: Resource, { text, version }: Found, representation: Representation = WHOLE): Record<string, string> {
  if (!isVersioned(resource)) return {};
  return { ETag: isWhole(representation) ? entityTag(version) : entityTag(version, text.text) };
}

interface Row<Body extends string | null> {
  readonly body: Body;
  readonly version: number;
}

/* The binder holds the values of the body's SQL; those of the conditions come after. */
async function readRow<Body extends string | null>(
  ctx: Ctx,
  resource: Resource,
  key: string,
  deleted: DeletedRows,
  body: string,
  { bind, values }: Binder,
): Promise<Row<Body>> {
  const model = resource.model();
  const conditions = [keyCondition(resource, key), ...deletedCondition(model, deleted), ...(resource.scope?.(ctx) ?? [])];
  const version = isVersioned(resource) ? versionOf(resource) : '0';
  const text = `SELECT ${body} AS body, ${version} AS version FROM ${tableOf(model)} t${where(conditions, 't', bind)} LIMIT 1`;
  const row = await runForOne<Row<Body>>(ctx, { text, values });
  if (!row) throw notFoundHere(resource);
  return row;
}

function isWhole({ fields, include }: Representation): boolean {
  return fields === null && include.length === 0;
}

function versionOf({ model }: Resource): string {
  return column('t', columnOf(model(), 'version'));
}

function isKnown(resource: Resource, known: KnownVersions, bind: Bind): string {
  return known === 'any' ? 'true' : `${versionOf(resource)} = ANY (${bind(known, 'int[]')})`;
}

function keyCondition(resource: Resource, key: string): Condition {
  const { naturalKey } = resource;
  if (naturalKey !== undefined && NATURAL.test(key)) {
    return equals(columnOf(resource.model(), naturalKey), key.slice(naturalKey.length + 1), 'text');
  }
  return equals('id', key, 'uuid');
}
