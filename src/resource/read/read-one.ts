import { type Ctx, isTxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import type { Conditions } from '../../http/endpoint';
import { etagHeader, heldEtag } from '../../http/output/conditional';
import { JsonText, notModified, ok, type Reply } from '../../http/output/reply';
import { notFound } from '../../problems/common-problems';
import { columnOf, type DeletedRows, isVersioned } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { type Representation, WHOLE } from '../query/representation';
import { loadRow, statementFor } from './data-loader';
import { type ReadRow, type ReadShape, readStatement } from './read-statement';

/** One object as PostgreSQL wrote it, and its ETag without quotes. */
export interface Found extends Pick<ReadRow, 'tag'> {
  readonly text: JsonText;
}

const NATURAL = /^\w+:/;

/** Returns the object of an id or natural key (`slug:chai`), in one statement; throws `not_found` (404), also where the actor may not see it. */
export async function readObject(
  ctx: Ctx,
  resource: Resource,
  key: string,
  representation: Representation = WHOLE,
  deleted: DeletedRows = 'without',
): Promise<Found> {
  const { body, tag } = await readRow(ctx, resource, key, { representation, deleted }, null);
  return { text: new JsonText(body ?? ''), tag };
}

/**
 * Returns the reply to a read of one, in one statement: the object with its ETag, or 304 where the client holds this version, whose
 * body PostgreSQL then neither renders nor sends. Throws `not_found` (404) as `readObject` does.
 */
export async function replyToRead(
  ctx: Ctx,
  resource: Resource,
  key: string,
  { ifNoneMatch }: Pick<Conditions, 'ifNoneMatch'>,
  representation: Representation = WHOLE,
  deleted: DeletedRows = 'without',
): Promise<Reply> {
  const etag = isVersioned(resource) ? heldEtag(ifNoneMatch) : null;
  const { body, tag } = await readRow(ctx, resource, key, { representation, deleted }, etag);
  if (body === null) return notModified(etagHeader(tag));
  return replyWith({ text: new JsonText(body), tag });
}

/** Returns the problem of an object that does not exist, or not for this actor. */
export function notFoundHere({ one }: Resource) {
  return notFound.because(`${capitalised(one)} not found.`);
}

/** Returns the reply that shows an object: 200 with its ETag. */
export function replyWith({ text, tag }: Found): Reply {
  return ok(text, etagHeader(tag));
}

async function readRow(
  ctx: Ctx,
  resource: Resource,
  key: string,
  shape: Pick<ReadShape, 'representation' | 'deleted'>,
  etag: string | null,
): Promise<ReadRow> {
  const { by, value } = keyOf(resource, key);
  const statement = readStatement(ctx, resource, { ...shape, by });
  const wanted = { key: value, etag };
  const row = isTxContext(ctx)
    ? (await queryAll<ReadRow>(ctx, statementFor(statement, [wanted])))[0]
    : await loadRow(ctx, statement, wanted);
  if (!row) throw notFoundHere(resource);
  return row;
}

const BY_ID = { column: 'id', type: 'uuid' } as const;

function keyOf(resource: Resource, key: string): { readonly by: ReadShape['by']; readonly value: string } {
  const { naturalKey } = resource;
  if (naturalKey === undefined || !NATURAL.test(key)) return { by: BY_ID, value: key };
  return { by: { column: columnOf(resource.model(), naturalKey), type: 'text' }, value: key.slice(naturalKey.length + 1) };
}

function capitalised(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
