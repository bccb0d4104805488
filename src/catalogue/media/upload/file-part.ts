import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Upload } from '../../../http/input/body/upload';
import { malformedRequest } from '../../../problems/common-problems';
import { Problem } from '../../../problems/problem';

/** Reads a file while it arrives; `fileName` is what the client calls it. */
export type FileReader<T> = (parts: AsyncIterable<Buffer>, fileName: string | undefined) => Promise<T>;

const LIMITS = { files: 1, fields: 0, headerPairs: 20 };

/**
 * Reads the one file of a form (RFC 7578), and returns what the reader does once the form is whole. Throws `malformed_request` (400) for a
 * form without a file, with anything beside it, or that breaks off, and what the reader throws.
 */
export async function readFilePart<T>(upload: Upload, read: FileReader<T>): Promise<T> {
  const form = openForm(upload.contentType);
  let result: Promise<T> | undefined;
  let hasMore = false;
  for (const event of ['filesLimit', 'fieldsLimit'] as const) {
    form.on(event, () => {
      hasMore = true;
    });
  }
  form.on('file', (_name, stream, { filename }) => {
    // Where the form breaks off before the reader begins, it finds the error when it does.
    stream.on('error', () => undefined);
    result = read(stream, filename);
    result.catch((error: unknown) => form.destroy(error as Error));
  });
  try {
    await pipeline(Readable.from(upload.parts(), { objectMode: false }), form);
  } catch (error) {
    await result?.catch(() => undefined);
    throw error instanceof Problem ? error : malformed(error);
  }
  const file = await result;
  if (file === undefined || hasMore) throw malformed();
  return file;
}

function openForm(contentType: string): busboy.Busboy {
  try {
    return busboy({ headers: { 'content-type': contentType }, limits: LIMITS, defParamCharset: 'utf8' });
  } catch (error) {
    throw malformed(error);
  }
}

function malformed(cause?: unknown) {
  return malformedRequest.because('Send a form with exactly one file and nothing else, or the file itself as the body.', { cause });
}
