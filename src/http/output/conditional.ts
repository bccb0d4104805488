import { preconditionFailed } from '../../problems/common-problems';

/**
 * Returns the ETag of a representation. Of a whole object it is the version; with chosen fields or related objects it has a digest, too,
 * because related rows change without the version.
 */
export function entityTag(version: number, digest: string | null = null): string {
  return digest === null ? `"${version}"` : `"${version}.${digest}"`;
}

/**
 * Returns the one tag that a client has, without quotes, so that the read can leave out the body. Null if the header has none, several or
 * `*`; `isNotModified` then compares after the read.
 */
export function heldEtag(ifNoneMatch: string | undefined): string | null {
  return ifNoneMatch === undefined ? null : (LONE_TAG.exec(ifNoneMatch.trim())?.[1] ?? null);
}

/* RFC 9110, 8.8.3, with the characters and lengths that entityTag writes. */
const LONE_TAG = /^(?:W\/)?"([\w.]{1,40})"$/;

/** Returns whether `If-None-Match` has the tag; the comparison is weak (RFC 9110, 13.1.2). */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === tag || ifNoneMatch.trim() === '*') return true;
  return tags(ifNoneMatch).some((candidate) => candidate.replace(/^W\//, '') === tag);
}

/**
 * Throws `precondition_failed` (412) unless `If-Match` names the object's version. A tag of any representation of that version
 * matches, because a write concerns the object. The comparison is strong (RFC 9110, 13.1.1): weak tags never match.
 */
export function requireMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const matches = tags(ifMatch).some((tag) => tag === `"${version}"` || (tag.startsWith(`"${version}.`) && tag.endsWith('"')));
  if (matches) return;
  throw preconditionFailed.because(`The object is at version ${version}. Read it again, then repeat the change with its ETag.`);
}

/** Throws `precondition_failed` (412) where `If-None-Match` names the object's version, or any (`*`): RFC 9110, 13.1.2. */
export function requireNoMatch(ifNoneMatch: string | undefined, version: number): void {
  if (isNotModified(ifNoneMatch, entityTag(version))) throw preconditionFailed.because(`The object exists, at version ${version}.`);
}

function tags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
