import type { Request, Response } from 'express';
import { rangeNotSatisfiable } from '../../problems/common-problems';

/**
 * Sends bytes with their length; a HEAD request gets the headers only. A GET of one range (RFC 9110, 14) of what has the header
 * `Accept-Ranges` gets that as a 206, unless `If-Range` has another ETag; several ranges get everything, as the RFC allows. Throws
 * `range_not_satisfiable` (416) for a range behind the end.
 */
export function sendBytes(req: Request, res: Response, status: number, bytes: Buffer): void {
  const range = status === 200 && res.getHeader('Accept-Ranges') === 'bytes' ? rangeOf(req, res, bytes.length) : null;
  if (range) res.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${bytes.length}`);
  const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
  res.setHeader('Content-Length', part.length);
  res.writeHead(range ? 206 : status).end(part);
}

function rangeOf(req: Request, res: Response, length: number) {
  const ifRange = req.headers['if-range'];
  if (req.method !== 'GET' || (ifRange !== undefined && ifRange !== res.getHeader('ETag'))) return null;
  const ranges = req.range(length);
  if (ranges === -1) {
    const headers = { 'Content-Range': `bytes */${length}` };
    throw rangeNotSatisfiable.because(`The file has ${length} bytes, and the range begins behind them.`, { headers });
  }
  return Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1 ? ranges[0] : null;
}
