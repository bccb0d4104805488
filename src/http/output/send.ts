import type { Request, Response } from 'express';
import { isNotModified } from './conditional';
import { JsonText, type Reply } from './reply';

export const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

/** Writes the one answer of a request. A read whose ETag the client has is answered 304, without a body. */
export function send(req: Request, res: Response, reply: Reply): void {
  for (const [name, value] of Object.entries(reply.headers ?? {})) res.setHeader(name, value);
  const tag = reply.headers?.ETag;
  const isRead = req.method === 'GET' || req.method === 'HEAD';
  if (isRead && tag !== undefined && isNotModified(req.headers['if-none-match'], tag)) {
    res.writeHead(304).end();
    return;
  }
  if (reply.body === undefined) {
    res.writeHead(reply.status).end();
    return;
  }
  const { text, bytes } = reply.body instanceof JsonText ? reply.body : new JsonText(JSON.stringify(reply.body));
  sendText(req, res, reply.status, text, JSON_CONTENT_TYPE, bytes);
}

/**
 * Writes a whole text with its length, in one go; a HEAD request gets the headers only. Where a text has as many bytes in UTF-8 as
 * characters, it is ASCII: sent as latin1 it is the same bytes, and Node copies them rather than encode them into thrice the room.
 */
export function sendText(
  req: Request,
  res: Response,
  status: number,
  text: string,
  contentType: string,
  bytes = Buffer.byteLength(text),
): void {
  if (!res.hasHeader('Content-Type')) res.setHeader('Content-Type', contentType);
  res.setHeader('Content-Length', bytes);
  res.writeHead(status);
  res.end(req.method === 'HEAD' ? undefined : text, bytes === text.length ? 'latin1' : 'utf8');
}
