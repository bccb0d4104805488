import { runForOne } from '../database/statement';
import type { Ctx } from '../http/context';
import { entityTag } from '../http/output/conditional';
import { JsonText, ok, type Reply } from '../http/output/reply';
import { notFound } from '../http/problems/kinds';
import type { Resource } from './resource';
import { Binder, type Condition, equals, where } from './sql/binder';
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
  fixed: readonly Condition[] = [],
): Promise<Found> {
  const model = resource.model();
  const body = compiledProjection(ctx, resource, representation);
  const binder = new Binder(body.values);
  const conditions = [keyCondition(resource, key), ...fixed, ...deletedCondition(model, deleted), ...(resource.scope?.(ctx) ?? [])];
  const version = isVersioned(resource) ? `t."${columnOf(model, 'version')}"` : '0';
  const text = `SELECT ${body.sql} AS body, ${version} AS version FROM ${tableOf(model)} t${where(conditions, 't', binder.bind)} LIMIT 1`;
  const row = await runForOne<{ body: string; version: number }>(ctx, { text, values: binder.values });
  if (!row) throw notFoundHere(resource);
  return { text: new JsonText(row.body), version: row.version };
}

/** The problem of an object that is not there for this actor. */
export function notFoundHere({ one }: Resource) {
  return notFound.because(`There is no such ${one}, or it is not yours to see.`);
}

/** The answer to a read of one: the object with its ETag. */
export function replyWith(resource: Resource, found: Found, representation: Representation = WHOLE): Reply {
  return ok(found.text, tagOf(resource, found, representation));
}

/** The ETag header of an object; none where it has no version. */
export function tagOf(resource: Resource, { text, version }: Found, representation: Representation = WHOLE): Record<string, string> {
  if (!isVersioned(resource)) return {};
  const isWhole = representation.fields === null && representation.include.length === 0;
  return { ETag: isWhole ? entityTag(version) : entityTag(version, text.text) };
}

function keyCondition(resource: Resource, key: string): Condition {
  const { naturalKey } = resource;
  if (naturalKey !== undefined && NATURAL.test(key)) {
    return equals(columnOf(resource.model(), naturalKey), key.slice(naturalKey.length + 1), 'text');
  }
  return equals('id', key, 'uuid');
}
