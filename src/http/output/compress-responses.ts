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

/* The library's list of types lacks the lines of JSON that an export sends. */
const isCompressible: compression.CompressionFilter = (req, res) =>
  compression.filter(req, res) || String(res.getHeader('Content-Type')).startsWith('application/x-ndjson');
