import type { Request, Response } from 'express';

/** The client of a response that goes on for as long as the client listens. */
export interface LiveTarget {
  /** Whether the client has left, or the process drains: the response must end. */
  readonly isClosed: boolean;
  /** Whether the client has yet to read what was written; nothing more should be written then. */
  readonly isFull: boolean;
  write(text: string): void;
}

/** A response in text/event-stream (https://html.spec.whatwg.org/multipage/server-sent-events.html) that ends with its `run`. */
export class LiveStream {
  constructor(readonly run: (target: LiveTarget) => Promise<void>) {}
}

const EVENT_STREAM_TYPE = 'text/event-stream';

/**
 * Sends a live response; a client that does not read is left to the write timeout of its connection. A proxy is asked not to
 * buffer it, because each part has to arrive at once.
 */
export async function sendLiveStream(
  req: Request,
  res: Response,
  stream: LiveStream,
  state: { readonly draining: boolean },
): Promise<void> {
  res.setHeader('Content-Type', EVENT_STREAM_TYPE);
  res.setHeader('X-Accel-Buffering', 'no');
  res.writeHead(200);
  res.flushHeaders();
  await stream.run({
    get isClosed() {
      return req.method === 'HEAD' || res.destroyed || state.draining;
    },
    get isFull() {
      return res.writableNeedDrain;
    },
    write: (text) => void res.write(text),
  });
  res.end();
}
