import { preconditionFailed } from '../../problems/common-problems';

/**
 * The ETag of a whole object is its version; one of a chosen representation (fields, includes) also has a digest of what the version
 * does not tell, since related rows change without it.
 */
export function entityTag(version: number, digest: string | null = null): string {
  return digest === null ? `"${version}"` : `"${version}.${digest}"`;
}

/**
 * The tag that a client holds, without its quotes, so that the read can do without what it stands for. Null where it names none, or
 * several, or any: `isNotModified` then looks at what was read.
 */
export function heldEtag(ifNoneMatch: string | undefined): string | null {
  return ifNoneMatch === undefined ? null : (LONE_TAG.exec(ifNoneMatch.trim())?.[1] ?? null);
}

/* RFC 9110, 8.8.3, of the letters and lengths that entityTag writes. */
const LONE_TAG = /^(?:W\/)?"([\w.]{1,40})"$/;

/** Whether `If-None-Match` names the tag; the comparison is weak (RFC 9110, 13.1.2). */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === tag || ifNoneMatch.trim() === '*') return true;
  return tags(ifNoneMatch).some((candidate) => candidate.replace(/^W\//, '') === tag);
}

/**
 * Throws `precondition_failed` (412) unless `If-Match` names the object's version. A tag of any representation of that version
 * will do, for a write concerns the object. The comparison is strong (RFC 9110, 13.1.1): weak tags never match.
 */
export function requireMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const matches = tags(ifMatch).some((tag) => tag === `"${version}"` || (tag.startsWith(`"${version}.`) && tag.endsWith('"')));
  if (matches) return;
  throw preconditionFailed.because(`The object is at version ${version} now; read it again, then repeat the change with its ETag.`);
}

/** Throws `precondition_failed` (412) where `If-None-Match` names the object's version, or any (`*`): RFC 9110, 13.1.2. */
export function requireNoMatch(ifNoneMatch: string | undefined, version: number): void {
  if (isNotModified(ifNoneMatch, entityTag(version))) throw preconditionFailed.because(`The object is there, at version ${version}.`);
}

function tags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
