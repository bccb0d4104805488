import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The folder for what PostgreSQL's user must reach, where root runs the shop from a folder that is closed to that user. */
export const SYSTEM_FOLDER = '/var/lib/storekeeper';

/**
 * Creates the folder `/var/lib/storekeeper/<name>`, which everybody may traverse and only root may change, and returns its path. Throws
 * where another user has put a folder or link of that name there.
 */
export function systemFolder(...names: string[]): string {
  let path = SYSTEM_FOLDER;
  requireRootFolder(path);
  for (const name of names) {
    path = join(path, name);
    requireRootFolder(path);
  }
  return path;
}

/** Returns a short name for a path, which keeps the clusters of several clones apart. */
export function nameOfPath(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

function requireRootFolder(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false }) ?? createFolder(path);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new Error(`${path} must be a folder that root owns and only root may change, or a database there would not be safe.`);
  }
}

function createFolder(path: string) {
  // mkdir sets the mode, so that no other user can write there for a moment; a narrower umask would close the folder to PostgreSQL's user.
  const before = process.umask(0o022);
  try {
    mkdirSync(path, { mode: 0o755 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    process.umask(before);
  }
  return lstatSync(path);
}
