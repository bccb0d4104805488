import { hash } from 'node:crypto';
import { preconditionFailed } from '../problems/kinds';

/**
 * The ETag of a whole object is its version; one of a chosen representation (fields, includes) also digests the text, since
 * related rows change without the object's version.
 */
export function entityTag(version: number, representation?: string): string {
  return representation === undefined ? `"${version}"` : `"${version}.${digest(representation)}"`;
}

function digest(text: string): string {
  return hash('sha1', text, 'base64url').slice(0, 16);
}

/** Whether `If-None-Match` names the tag; the comparison is weak (RFC 9110, 13.1.2). */
export function isNotModified(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === tag || ifNoneMatch.trim() === '*') return true;
  return tags(ifNoneMatch).some((candidate) => candidate.replace(/^W\//, '') === tag);
}

/** The versions that an `If-None-Match` can name; `any` for `*`. */
export type KnownVersions = readonly number[] | 'any';

/**
 * The versions of a whole object that a client says it has: those whose tags `isNotModified` finds in the header. Null where it
 * names none, so that the read need not ask.
 */
export function knownVersions(ifNoneMatch: string | undefined): KnownVersions | null {
  if (ifNoneMatch === undefined) return null;
  if (ifNoneMatch.trim() === '*') return 'any';
  const versions = tags(ifNoneMatch)
    .map((tag) => Number(VERSION_TAG.exec(tag)?.[1]))
    .filter((version) => version <= MAX_VERSION);
  return versions.length === 0 ? null : versions;
}

/* As entityTag writes it: no leading zeros. */
const VERSION_TAG = /^(?:W\/)?"([1-9]\d*)"$/;
/* PostgreSQL's integer goes no further. */
const MAX_VERSION = 2_147_483_647;

/**
 * Throws `precondition_failed` (412) unless `If-Match` names the object's version. A tag of any representation of that version
 * will do, for a write concerns the object. The comparison is strong (RFC 9110, 13.1.1): weak tags never match.
 */
export function demandMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const matches = tags(ifMatch).some((tag) => tag === `"${version}"` || (tag.startsWith(`"${version}.`) && tag.endsWith('"')));
  if (matches) return;
  throw preconditionFailed.because(`The object is at version ${version} now; read it again, then repeat the change with its ETag.`);
}

/** Throws `precondition_failed` (412) where `If-None-Match` names the object's version, or any (`*`): RFC 9110, 13.1.2. */
export function demandNoMatch(ifNoneMatch: string | undefined, version: number): void {
  if (isNotModified(ifNoneMatch, entityTag(version))) throw preconditionFailed.because(`The object is there, at version ${version}.`);
}

function tags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
