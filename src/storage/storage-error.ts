import type { Problem } from '../problems/problem';
import { storageFull, storageUnavailable } from './problems';

const FULL = ['ENOSPC', 'EDQUOT'];

/** Returns the problem of an error of the storage: `storage_full` (507) or `storage_unavailable` (503). */
export function storageError(cause: unknown): Problem {
  if (FULL.includes(codeOf(cause))) {
    return storageFull.because('The disk for files is full; nothing was stored. Free some space, or move MEDIA_DIR.', { cause });
  }
  return storageUnavailable.because('The storage for files cannot be reached; nothing was stored. Try again soon.', {
    headers: { 'Retry-After': '10' },
    cause,
  });
}

/** Returns whether a file or folder does not exist. */
export function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
