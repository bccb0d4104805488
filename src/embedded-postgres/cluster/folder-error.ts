const REASONS: Readonly<Record<string, string>> = {
  EROFS: 'it is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk quota is used up',
  ENOTDIR: 'a part of its path is a file',
  ENOENT: 'no folder can be made there',
  EEXIST: 'it is a file',
};

/** Returns the error with DATA_DIR and what to do, where it is one of writing there; any other error as it is. */
export function folderError(error: unknown, dataDir: string): unknown {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  const reason = REASONS[String(error.code)];
  if (reason === undefined) return error;
  return new Error(`Cannot write to DATA_DIR ${dataDir}: ${reason} (${error.message}). ${remedy(String(error.code))}`, { cause: error });
}

/** Returns the sentence to add to a message of PostgreSQL's programs that tells of a full disk; empty for others. */
export function spaceAdvice(message: string, folder: string): string {
  return /No space left on device|Disk quota exceeded/.test(message)
    ? `\nThe disk of ${folder} is full: free some space and start again.`
    : '';
}

function remedy(code: string): string {
  return ['ENOSPC', 'EDQUOT'].includes(code)
    ? 'Free some space, or set DATA_DIR to another folder.'
    : 'Set DATA_DIR to a folder of your own.';
}
