import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where root keeps what the ordinary user must reach while the project's own folder is closed to that user. */
export const SYSTEM_FOLDER = '/var/lib/storekeeper';

/**
 * Makes the root-owned folder `/var/lib/storekeeper/<name>` that everybody may pass through and only root may change, and answers
 * its path. Throws where somebody else has put a folder, or a link, of that name there before.
 */
export function systemFolder(...names: string[]): string {
  let path = SYSTEM_FOLDER;
  ours(path);
  for (const name of names) {
    path = join(path, name);
    ours(path);
  }
  return path;
}

/** A short name for a path, to keep the clusters of several clones apart. */
export function nameOfPath(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

function ours(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false }) ?? made(path);
  if (!found.isDirectory() || found.uid !== 0 || (found.mode & 0o022) !== 0) {
    throw new Error(`${path} is not a folder that root owns and only root may change; it is not safe to keep a database there.`);
  }
}

function made(path: string) {
  // The mode is given to mkdir, so that at no moment anybody else may write there; a umask can only narrow it, which reaching would then miss.
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
