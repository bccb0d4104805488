import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ctx } from '../../../context/context';
import type { Upload } from '../../../http/input/body/upload';
import { fileTooLarge } from '../../../resource/transfer/problems';
import { storageError } from '../../../storage/storage-error';
import { storageOf } from '../../../storage/storage-of';
import { invalidImage } from '../../problems';
import { MULTIPART } from '../medium.schemas';
import { readFilePart } from './file-part';

/** A file that has arrived as a whole. */
export interface ReceivedFile {
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** As the client calls it. */
  readonly fileName: string | undefined;
}

/**
 * Writes the file of a request to the folder for files that arrive, as fast as the disk takes it, and runs the work with it; then the file
 * is gone, unless the work has moved it. Throws `file_too_large` (413) beyond MEDIA_MAX_BYTES, `invalid_image` (422) for one without bytes,
 * `malformed_request` (400), `storage_full` (507), `storage_unavailable` (503).
 */
export async function withReceivedFile<T>(
  ctx: Ctx,
  upload: Upload,
  fileName: string | undefined,
  work: (file: ReceivedFile) => Promise<T>,
): Promise<T> {
  const { incoming } = storageOf(ctx);
  const path = join(incoming, randomUUID());
  const write = (parts: AsyncIterable<Buffer>, name: string | undefined) => writeFile(path, parts, ctx.env.MEDIA_MAX_BYTES, name);
  try {
    await stored(mkdir(incoming, { recursive: true }));
    const file = upload.mediaType === MULTIPART ? await readFilePart(upload, write) : await write(upload.parts(), fileName);
    if (file.bytes === 0) throw invalidImage.because('The file is empty.');
    return await work(file);
  } finally {
    // Where it cannot be deleted, the clean-up does it later; the answer is that of the upload.
    await rm(path, { force: true }).catch(() => undefined);
  }
}

async function writeFile(
  path: string,
  parts: AsyncIterable<Buffer>,
  maxBytes: number,
  fileName: string | undefined,
): Promise<ReceivedFile> {
  const sha256 = createHash('sha256');
  let bytes = 0;
  const file = await stored(open(path, 'wx'));
  try {
    for await (const part of parts) {
      bytes += part.length;
      if (bytes > maxBytes) throw fileTooLarge.because(`The file must be at most ${maxBytes} bytes.`);
      sha256.update(part);
      await stored(file.appendFile(part));
    }
  } finally {
    await file.close();
  }
  return { path, bytes, sha256: sha256.digest('hex'), fileName };
}

async function stored<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw storageError(error);
  }
}
