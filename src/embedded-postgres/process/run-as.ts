import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The unprivileged user that PostgreSQL runs as, for `spawn`. */
export interface RunAs {
  uid: number;
  gid: number;
}

/**
 * Returns the user for PostgreSQL, which refuses to run as root: the owner of an existing cluster, else `postgres`, else `nobody`.
 * Undefined where this process is not root.
 */
export function runAs(cluster: string): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  return { uid: 65_534, gid: 65_534 };
}

/** Returns whether the user may traverse every folder above the path, and has these mode bits on it (5: read and traverse or execute). */
export function canReach(user: RunAs, path: string, bits = 5): boolean {
  if (!allows(user, path, bits)) return false;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!allows(user, folder, 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function allows(user: RunAs, path: string, bits: number): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return false;
  const shift = found.uid === user.uid ? 6 : found.gid === user.gid ? 3 : 0;
  return ((found.mode >> shift) & bits) === bits;
}
