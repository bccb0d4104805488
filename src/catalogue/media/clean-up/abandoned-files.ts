import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../../../storage/storage-error';

/** Deletes the files of a folder that nothing has written to for as long as this, in milliseconds: uploads whose process was killed. */
export async function deleteAbandonedFiles(folder: string, ageMs: number): Promise<void> {
  for (const name of await readdir(folder).catch(noneIfMissing)) {
    const path = join(folder, name);
    const known = await stat(path).catch(() => null);
    if (known && known.mtimeMs < Date.now() - ageMs) await rm(path, { force: true });
  }
}

function noneIfMissing(error: unknown): string[] {
  if (isMissing(error)) return [];
  throw error;
}
