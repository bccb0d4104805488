import { preconditionFailed } from '../../problems/common-problems';

/** What tells the states of all objects apart: an id alone does not, because an object can be purged and made again under it. */
export interface VersionedObject {
  readonly id: string;
  readonly createdAt: Date;
  readonly version: number;
}

/**
 * Returns the part of an ETag that identifies the version of an object, `<id>.<time of creation>.<version>` in hexadecimal digits. No
 * other object has it, so a URL that shows one object after another never repeats a tag. `versionExpression` is the same in SQL.
 */
export function versionTag({ id, createdAt, version }: VersionedObject): string {
  return `${id.replaceAll('-', '')}.${createdAt.getTime().toString(16)}.${version}`;
}

/**
 * Returns the ETag header of a representation, or none where it has no tag. The tag of a whole object is that of its version; with chosen
 * fields or related objects it has a digest, too, because related rows change without the version.
 */
export function etagHeader(tag: string | null): Record<string, string> {
  return tag === null ? {} : { ETag: `"${tag}"` };
}

/**
 * Returns the one tag that a client has, without quotes, so that the read can leave out the body. Null if the header has none, several or
 * `*`; `isNotModified` then compares after the read.
 */
export function heldEtag(ifNoneMatch: string | undefined): string | null {
  return ifNoneMatch === undefined ? null : (LONE_TAG.exec(ifNoneMatch.trim())?.[1] ?? null);
}

/* RFC 9110, 8.8.3, with the characters and lengths of the tags that a read writes. */
const LONE_TAG = /^(?:W\/)?"([\w.]{1,80})"$/;
const WEAK = /^W\//;

/** Returns whether `If-None-Match` has the tag, a quoted one; the comparison is weak (RFC 9110, 13.1.2). */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === tag || ifNoneMatch.trim() === '*') return true;
  return tags(ifNoneMatch).some((candidate) => candidate.replace(WEAK, '') === tag);
}

/**
 * Throws `precondition_failed` (412) unless `If-Match` names the object's version. A tag of any representation of that version
 * matches, because a write concerns the object. The comparison is strong (RFC 9110, 13.1.1): weak tags never match.
 */
export function requireMatch(ifMatch: string | undefined, object: VersionedObject): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const given = tags(ifMatch);
  const current = versionTag(object);
  if (given.some((tag) => tag === `"${current}"` || (tag.startsWith(`"${current}.`) && tag.endsWith('"')))) return;
  if (given.some((tag) => WEAK.test(tag))) {
    throw preconditionFailed.because('If-Match has a weak ETag, which never matches. Send the ETag of a read as it came, without "W/".');
  }
  throw preconditionFailed.because(`The object is at version ${object.version}. Read it again, then repeat the change with its ETag.`);
}

/** Throws `precondition_failed` (412) where `If-None-Match` names the object's version, or any (`*`): RFC 9110, 13.1.2. */
export function requireNoMatch(ifNoneMatch: string | undefined, object: VersionedObject): void {
  if (isNotModified(ifNoneMatch, `"${versionTag(object)}"`)) {
    throw preconditionFailed.because(`The object exists, at version ${object.version}.`);
  }
}

function tags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
