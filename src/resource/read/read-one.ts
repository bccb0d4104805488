import { type Ctx, isTxContext } from '../../context/context';
import { queryOne } from '../../database/sql/statement';
import type { Conditions } from '../../http/endpoint';
import { etagHeader, heldEtag } from '../../http/output/conditional';
import { JsonText, movedPermanently, notModified, ok, type Reply } from '../../http/output/reply';
import { notFound } from '../../problems/common-problems';
import { columnOf, type DeletedRows, isVersioned } from '../definition/columns';
import type { Resource } from '../definition/resource';
import { type Representation, WHOLE } from '../query/representation';
import { loadRow, statementFor } from './data-loader';
import { currentSlug } from './former-slugs/current-slug.statement';
import { type ReadRow, type ReadShape, readStatement } from './read-statement';

/** One object as PostgreSQL wrote it, and its ETag without quotes. */
export interface Found extends Pick<ReadRow, 'tag'> {
  readonly text: JsonText;
}

/* What the query of a read chooses. */
type Shown = Pick<ReadShape, 'representation' | 'deleted'>;

const NATURAL = /^\w+:/;

/** Returns the object of an id or natural key (`slug:chai`), in one statement; throws `not_found` (404), also where the actor may not see it. */
export async function readObject(
  ctx: Ctx,
  resource: Resource,
  key: string,
  representation: Representation = WHOLE,
  deleted: DeletedRows = 'without',
): Promise<Found> {
  const row = await findRow(ctx, resource, key, { representation, deleted }, null);
  if (!row) throw notFoundHere(resource);
  const { body, tag } = row;
  return { text: new JsonText(body ?? ''), tag };
}

/**
 * Returns the reply to a read of one, in one statement: the object with its ETag, or 304 where the client holds this version, whose
 * body PostgreSQL then neither renders nor sends. Where the object that the actor may see has another slug by now, that is a 301. Throws
 * `not_found` (404) as `readObject` does.
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
  const row = await findRow(ctx, resource, key, { representation, deleted }, etag);
  if (!row) return redirectToCurrent(ctx, resource, key, { representation, deleted });
  const { body, tag } = row;
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

async function findRow(ctx: Ctx, resource: Resource, key: string, shape: Shown, etag: string | null): Promise<ReadRow | null> {
  const { by, value } = keyOf(resource, key);
  const statement = readStatement(ctx, resource, { ...shape, by });
  const wanted = { key: value, etag };
  const row = isTxContext(ctx) ? await queryOne<ReadRow>(ctx, statementFor(statement, [wanted])) : await loadRow(ctx, statement, wanted);
  return row?.is_due ? findRow(ctx, resource, key, { ...shape, representation: { ...shape.representation, isTimed: true } }, etag) : row;
}

async function redirectToCurrent(ctx: Ctx, resource: Resource, key: string, shown: Shown): Promise<Reply> {
  const { prefix, naturalKey, keepsFormerSlugs = false } = resource;
  const slug =
    keepsFormerSlugs && NATURAL.test(key) ? await currentSlug(ctx, resource, key.slice(key.indexOf(':') + 1), shown.deleted) : null;
  if (slug === null) throw notFoundHere(resource);
  return movedPermanently(`${prefix}/${naturalKey}:${slug}${queryOf(shown)}`);
}

function queryOf({ representation: { fields, include }, deleted }: Shown): string {
  const members: [string, string][] = [];
  if (fields !== null) members.push(['fields', fields.join()]);
  if (include.length > 0) members.push(['include', include.join()]);
  if (deleted !== 'without') members.push(['deleted', deleted]);
  return members.length === 0 ? '' : `?${new URLSearchParams(members)}`;
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
