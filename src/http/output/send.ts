import type { Request, Response } from 'express';
import { isNotModified } from './conditional';
import { JSON_CONTENT_TYPE } from './content-types';
import { JsonText, type Reply } from './reply';
import { sendBytes } from './send-bytes';
import { LiveStream, sendLiveStream } from './streaming/live-stream';
import { sendStream } from './streaming/send-stream';
import { TextStream } from './streaming/text-stream';

/** Sends the response of a request, at once or as a stream, a live one until the process drains; a read whose ETag the client has becomes a 304 without a body. */
export function send(req: Request, res: Response, reply: Reply, state: { readonly draining: boolean }): void | Promise<void> {
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
  if (reply.body instanceof Buffer) return sendBytes(req, res, reply.status, reply.body);
  if (reply.body instanceof LiveStream) return sendLiveStream(req, res, reply.body, state);
  if (reply.body instanceof TextStream) return sendStream(req, res, reply.status, reply.body);
  const { text, bytes } = reply.body instanceof JsonText ? reply.body : new JsonText(JSON.stringify(reply.body));
  sendText(req, res, reply.status, text, JSON_CONTENT_TYPE, bytes);
}

/**
 * Sends a text with its length in one write; a HEAD request gets the headers only. A text with as many bytes in UTF-8 as characters is
 * ASCII: as latin1 it is the same bytes, which Node copies instead of encoding them into a buffer of three times the size.
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
