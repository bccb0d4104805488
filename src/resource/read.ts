import { readTogether } from '../database/together/shared-connections';
import { type Ctx, isTxContext } from '../http/context';
import type { Conditions } from '../http/endpoint';
import { entityTag, type KnownVersions, knownVersions } from '../http/output/conditional';
import { JsonText, notModified, ok, type Reply } from '../http/output/reply';
import { notFound } from '../http/problems/kinds';
import type { Resource } from './resource';
import { revalidate } from './revalidate';
import { compiledRead, type ReadShape } from './sql/compiled-read';
import type { Representation } from './sql/projection';
import { columnOf, type DeletedRows, isVersioned } from './sql/table';

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
  const row = await readRow<string>(ctx, resource, key, deleted, representation, null);
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
  const { body, version } = await readHeld(ctx, resource, key, deleted, known);
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

async function readRow<Body extends string | null>(
  ctx: Ctx,
  resource: Resource,
  key: string,
  deleted: DeletedRows,
  representation: Representation,
  versions: KnownVersions | null,
): Promise<Row<Body>> {
  const { by, value } = placeOf(resource, key);
  const known = versions === null ? 'none' : versions === 'any' ? 'any' : 'some';
  const { text, values } = compiledRead(ctx, resource, { representation, by, deleted, known });
  const row = await readTogether<Row<Body>>(ctx, { text, values: [...values, value, ...(known === 'some' ? [versions] : [])] });
  if (!row) throw notFoundHere(resource);
  return row;
}

/* By id and with one version in hand, as clients ask: together with others. */
async function readHeld(
  ctx: Ctx,
  resource: Resource,
  key: string,
  deleted: DeletedRows,
  versions: KnownVersions,
): Promise<Row<string | null>> {
  const { by, value: id } = placeOf(resource, key);
  const [version, ...others] = versions === 'any' ? [] : versions;
  if (version !== undefined && others.length === 0 && by === BY_ID && !isTxContext(ctx)) {
    const read = compiledRead(ctx, resource, { representation: WHOLE, by, deleted, known: 'each' });
    const row = await revalidate(ctx, read, { id, version });
    if (!row) throw notFoundHere(resource);
    return row;
  }
  return readRow<string | null>(ctx, resource, key, deleted, WHOLE, versions);
}

function isWhole({ fields, include }: Representation): boolean {
  return fields === null && include.length === 0;
}

const BY_ID = { column: 'id', type: 'uuid' } as const;

function placeOf(resource: Resource, key: string): { readonly by: ReadShape['by']; readonly value: string } {
  const { naturalKey } = resource;
  if (naturalKey === undefined || !NATURAL.test(key)) return { by: BY_ID, value: key };
  return { by: { column: columnOf(resource.model(), naturalKey), type: 'text' }, value: key.slice(naturalKey.length + 1) };
}
