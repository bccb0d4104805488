import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { folderError } from '../../embedded-postgres';

const OWNER_ONLY = 0o600;

/**
 * Returns the text of a file, which it writes with the generated text where there is none: for its owner only, and as a whole, also where
 * two starts do it at once. Throws, naming DATA_DIR, where that cannot be written.
 */
export function savedOnce(file: string, dataDir: string, generate: () => string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw folderError(error, dataDir);
  }
  writeDraft(file, dataDir, generate(), (draft) => {
    try {
      publishOnce(draft, file);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
  });
  return readFileSync(file, 'utf8').trim();
}

/** Writes a secret into a file for its owner only, in place of an older one. Throws, naming DATA_DIR, where that cannot be written. */
export function saveSecret(file: string, dataDir: string, text: string): void {
  writeDraft(file, dataDir, text, (draft) => renameSync(draft, file));
}

/* What link(2) fails with on a file system without hard links, such as exFAT, SMB and some FUSE mounts. */
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'];

/* Unlike a rename, a link fails where a start at the same time has written the file already, as an exclusive copy does. */
function publishOnce(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!NO_LINKS.some((code) => isCode(error, code))) throw error;
    writeFileSync(file, readFileSync(draft), { mode: OWNER_ONLY, flag: 'wx' });
  }
}

function writeDraft(file: string, dataDir: string, text: string, publish: (draft: string) => void): void {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(draft, `${text}\n`, { mode: OWNER_ONLY, flag: 'wx' });
    publish(draft);
  } catch (error) {
    throw folderError(error, dataDir);
  } finally {
    rmSync(draft, { force: true });
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
