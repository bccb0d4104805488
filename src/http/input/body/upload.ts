import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { malformedRequest } from '../../../problems/common-problems';
import { allowSteadyArrival, announcesBody } from '../../server/body-arrival';
import { prefers } from '../preferences';
import { mediaTypeOf } from './body';
import { decompressorOf } from './body-bytes';

/** A file that a request sends. */
export interface Upload {
  readonly mediaType: string;
  /** The whole Content-Type, with its parameters. */
  readonly contentType: string;
  /** Whether the client asks not to wait for the work: `Prefer: respond-async` (RFC 7240, 4.1). */
  readonly prefersAsync: boolean;
  /** The `Idempotency-Key`, or null; method and URL belong to what it stands for. */
  readonly idempotencyKey: string | null;
  readonly method: string;
  readonly url: string;
  /**
   * Returns the parts of the file, decompressed, as fast as they are read; what is not read is discarded. Throws `malformed_request` (400)
   * where it breaks off or is not compressed as it says.
   */
  parts(): AsyncGenerator<Buffer>;
}

/** Returns what opens the upload of a request; it throws `unsupported_media_type` (415). */
export function uploadReader(mediaTypes: readonly string[]): (req: Request, res: Response) => Upload {
  return (req, res) => {
    const [byDefault = ''] = mediaTypes;
    const decompressor = decompressorOf(req);
    return {
      mediaType: mediaTypeOf(req, mediaTypes) ?? byDefault,
      contentType: req.get('content-type') ?? byDefault,
      prefersAsync: prefers(req, 'respond-async'),
      idempotencyKey: req.get('idempotency-key') ?? null,
      method: req.method,
      url: req.originalUrl,
      parts: () => {
        if (!announcesBody(req)) return nothing();
        // A client that asks first sends its file only when nothing in the headers is refused.
        if (req.headers.expect !== undefined && req.httpVersion === '1.1' && !req.complete) res.writeContinue();
        allowSteadyArrival(req);
        return partsOf(req, decompressor ?? req);
      },
    };
  };
}

async function* nothing(): AsyncGenerator<Buffer> {}

async function* partsOf(req: Request, source: Readable): AsyncGenerator<Buffer> {
  /* A pipe does not pass on that its source breaks off. */
  const requireEnd = () => req.readableEnded || source.destroy(new Error('The request ended early.'));
  req.once('close', requireEnd);
  if (source !== req) req.pipe(source as NodeJS.WritableStream & Readable);
  let bytes = 0;
  try {
    for await (const part of source.iterator({ destroyOnReturn: false })) {
      bytes += (part as Buffer).length;
      if (isBomb(source, bytes)) throw BOMB;
      yield part as Buffer;
    }
  } catch (cause) {
    if (cause === BOMB) throw BOMB;
    throw malformedRequest.because('The file breaks off, or is not compressed as Content-Encoding says.', { cause });
  } finally {
    req.off('close', requireEnd);
    if (source !== req) {
      req.unpipe();
      source.destroy();
    }
    req.resume();
  }
}

/* Text shrinks to a tenth or a twentieth, and a file of equal bytes to a thousandth. */
const MAX_RATIO = 100;
/* So much a file may be in any case, in bytes: it is read in a moment. */
const ALWAYS_TAKEN = 16_777_216;

const BOMB = malformedRequest.because(
  `The file decompresses to more than ${MAX_RATIO} times its size. Send it without compression if it is meant.`,
);

/* What zlib has read of the compressed file counts from its first part on. */
function isBomb(source: Readable, bytes: number): boolean {
  return bytes > ALWAYS_TAKEN && 'bytesWritten' in source && bytes > MAX_RATIO * Number(source.bytesWritten);
}
