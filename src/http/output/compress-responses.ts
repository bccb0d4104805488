import compression from 'compression';
import type { RequestHandler } from 'express';

const MAX_AT_ONCE = 64;

/**
 * Compresses responses. Compressions share the threads of password hashes: beyond 64 at once, and for a client that accepts no encoding,
 * a response goes as it is.
 */
export function compressResponses(): RequestHandler {
  let running = 0;
  const compress = compression({
    filter: (req, res) => {
      if (running >= MAX_AT_ONCE || !isCompressible(req, res)) return false;
      running += 1;
      res.once('close', () => {
        running -= 1;
      });
      return true;
    },
  });
  return (req, res, next) => (req.headers['accept-encoding'] === undefined ? next() : compress(req, res, next));
}

/* A live response lasts for as long as its client listens, and its parts must not wait in a buffer. The library's list of types lacks the lines of JSON that an export sends. */
const isCompressible: compression.CompressionFilter = (req, res) =>
  isCompressibleType(String(res.getHeader('Content-Type'))) ?? compression.filter(req, res);

function isCompressibleType(type: string): boolean | undefined {
  if (type.startsWith('text/event-stream')) return false;
  return type.startsWith('application/x-ndjson') || undefined;
}
