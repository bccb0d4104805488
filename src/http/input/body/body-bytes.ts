import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request, Response } from 'express';
import { bodyTooLarge, malformedRequest, unsupportedMediaType } from '../../../problems/common-problems';

/**
 * Returns the decompressed bytes of a request's body, null where it has none. Throws `body_too_large` (413) by the announced length before
 * anything is read, else at the first byte beyond `maxBytes`, as sent or decompressed; `unsupported_media_type` (415) for an encoding that
 * is not known; `malformed_request` (400) for a body that breaks off or is not compressed as it says.
 */
export async function readBodyBytes(req: Request, res: Response, maxBytes: number): Promise<Buffer | null> {
  const { 'content-length': length, 'transfer-encoding': transfer, 'content-type': type, expect } = req.headers;
  // Some clients send Content-Length: 0 where they have nothing to send; with a type, it is an empty document.
  if (transfer === undefined && (length === undefined || (Number(length) === 0 && type === undefined))) return null;
  if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const decompressor = decompressorOf(req);
  // A client that asks first sends its body only when nothing in the headers is refused.
  if (expect !== undefined && req.httpVersion === '1.1' && !req.complete) res.writeContinue();
  return collect(req, decompressor, maxBytes);
}

function tooLarge(maxBytes: number) {
  return bodyTooLarge.because(`The body must be at most ${maxBytes} bytes, decompressed.`);
}

/** Returns what decompresses a request's body, null where it is not compressed; throws `unsupported_media_type` (415) for other encodings. */
export function decompressorOf({ headers }: Request): Transform | null {
  switch (headers['content-encoding']?.toLowerCase() ?? 'identity') {
    case 'identity':
      return null;
    case 'gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw unsupportedMediaType.because('Compress the body with gzip, deflate or br, or not at all.');
  }
}

/* A refused body is neither awaited nor kept: what still arrives of it is discarded, so that the client can read the response. */
function collect(req: Request, decompressor: Transform | null, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  const source = decompressor ?? req;
  let discard = (): void => undefined;
  return new Promise<Buffer>((resolve, reject) => {
    const refuse = () => reject(tooLarge(maxBytes));
    const count = counter(maxBytes, refuse);
    const keep = counter(maxBytes, refuse, parts);
    const requireEnd = () => {
      if (!req.readableEnded) reject(malformedRequest.because('The body does not have the announced length.'));
    };
    discard = () => {
      req.off('data', count).off('close', requireEnd);
      source.off('data', keep);
      if (decompressor) req.unpipe(decompressor);
      decompressor?.destroy();
      req.resume();
    };
    if (req.destroyed) requireEnd();
    req.once('close', requireEnd);
    source.on('data', keep).once('end', () => resolve(Buffer.concat(parts)));
    if (!decompressor) return;
    decompressor.on('error', (cause) => {
      reject(malformedRequest.because('The body is not compressed as Content-Encoding says.', { cause }));
    });
    req.on('data', count).pipe(decompressor);
  }).finally(() => discard());
}

/* Keeps the chunks of a stream as long as they are within the limit. */
function counter(maxBytes: number, refuse: () => void, parts?: Buffer[]): (chunk: Buffer) => void {
  let bytes = 0;
  return (chunk) => {
    bytes += chunk.length;
    if (bytes > maxBytes) refuse();
    else parts?.push(chunk);
  };
}
