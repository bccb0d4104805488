import { type Ctx, isTxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import type { Conditions } from '../../http/endpoint';
import { entityTag, heldTag } from '../../http/output/conditional';
import { JsonText, notModified, ok, type Reply } from '../../http/output/reply';
import { notFound } from '../../problems/common-problems';
import { columnOf, type DeletedRows, isVersioned } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { gatheredRead, statementOf } from './data-loader';
import { type Representation, WHOLE } from './projection';
import { compiledRead, type ReadRow, type ReadShape } from './read-statement';

/** One object as PostgreSQL wrote it, and what its ETag is made of. */
export interface Found extends Pick<ReadRow, 'version' | 'digest'> {
  readonly text: JsonText;
}

const NATURAL = /^\w+:/;

/** The object with this id or natural key (`slug:chai`), in one statement; throws `not_found` (404), also where it is not for this actor. */
export async function readObject(
  ctx: Ctx,
  resource: Resource,
  key: string,
  representation: Representation = WHOLE,
  deleted: DeletedRows = 'without',
): Promise<Found> {
  const { body, version, digest } = await readRow(ctx, resource, key, { representation, deleted }, null);
  return { text: new JsonText(body ?? ''), version, digest };
}

/**
 * The answer to a client's read of one, in one statement: the object with its ETag, or 304 where the client holds it, which then does
 * not leave PostgreSQL. Throws `not_found` (404) as `readObject` does.
 */
export async function answerRead(
  ctx: Ctx,
  resource: Resource,
  key: string,
  { ifNoneMatch }: Pick<Conditions, 'ifNoneMatch'>,
  representation: Representation = WHOLE,
  deleted: DeletedRows = 'without',
): Promise<Reply> {
  const held = isVersioned(resource) ? heldTag(ifNoneMatch) : null;
  const { body, version, digest } = await readRow(ctx, resource, key, { representation, deleted }, held);
  if (body === null) return notModified(tagOf(resource, { version, digest }));
  return replyWith(resource, { text: new JsonText(body), version, digest });
}

/** The problem of an object that is not there for this actor. */
export function notFoundHere({ one }: Resource) {
  return notFound.because(`There is no such ${one}, or it is not yours to see.`);
}

/** The answer that shows one object: 200 with its ETag. */
export function replyWith(resource: Resource, found: Found): Reply {
  return ok(found.text, tagOf(resource, found));
}

/** The ETag header of an object; none where it has no version. */
export function tagOf(resource: Resource, { version, digest }: Pick<Found, 'version' | 'digest'>): Record<string, string> {
  return isVersioned(resource) ? { ETag: entityTag(version, digest) } : {};
}

async function readRow(
  ctx: Ctx,
  resource: Resource,
  key: string,
  shape: Pick<ReadShape, 'representation' | 'deleted'>,
  tag: string | null,
): Promise<ReadRow> {
  const { by, value } = placeOf(resource, key);
  const read = compiledRead(ctx, resource, { ...shape, by });
  const asked = { key: value, tag };
  const row = isTxContext(ctx)
    ? (await queryAll<ReadRow>(ctx, statementOf(read, [asked])))[0]
    : await gatheredRead(ctx.sequelize, read, asked);
  if (!row) throw notFoundHere(resource);
  return row;
}

const BY_ID = { column: 'id', type: 'uuid' } as const;

function placeOf(resource: Resource, key: string): { readonly by: ReadShape['by']; readonly value: string } {
  const { naturalKey } = resource;
  if (naturalKey === undefined || !NATURAL.test(key)) return { by: BY_ID, value: key };
  return { by: { column: columnOf(resource.model(), naturalKey), type: 'text' }, value: key.slice(naturalKey.length + 1) };
}
