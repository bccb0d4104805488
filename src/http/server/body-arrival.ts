import type { IncomingMessage } from 'node:http';

/** Returns whether the headers of a request announce a body that is not empty. */
export function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Returns whether a part of a request's body has not yet arrived. */
export function awaitsBody(req: IncomingMessage): boolean {
  return !req.complete && announcesBody(req);
}
