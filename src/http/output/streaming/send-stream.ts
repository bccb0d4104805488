import type { Request, Response } from 'express';
import { isNotModified } from '../conditional';
import { Spool } from './spool';
import type { TextStream } from './text-stream';

/**
 * Sends a response that is made meanwhile; a read whose ETag the client has becomes a 304 without a body. The stream waits for the client
 * as long as its patience lasts. What the client has not read by then waits in a file, so neither memory nor the connection to the database
 * that the text comes from depends on the client.
 */
export async function sendStream(req: Request, res: Response, status: number, stream: TextStream): Promise<void> {
  const output = new Output(res, stream.patienceMs);
  try {
    await stream.produce({
      begin: (headers) => begin(req, res, status, stream.contentType, headers),
      write: (part) => output.write(part),
    });
    await output.flush();
  } finally {
    await output.close();
  }
  res.end();
}

function begin(req: Request, res: Response, status: number, contentType: string, headers: Readonly<Record<string, string>>): boolean {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (headers.ETag !== undefined && isNotModified(req.headers['if-none-match'], headers.ETag)) {
    res.writeHead(304);
    return false;
  }
  res.setHeader('Content-Type', contentType);
  res.writeHead(status);
  return req.method !== 'HEAD';
}

/* A transaction that waits longer between two fetches would be ended as idle. */
const MAX_WAIT_MS = 5_000;

class Output {
  #isFull = false;
  #spool: Spool | undefined;
  #wake: (() => void) | undefined;

  /* One listener for the whole response: the compression forwards `drain` to its own stream, where `once` would never remove one. */
  constructor(
    private readonly res: Response,
    private patienceMs: number,
  ) {
    res.on('drain', () => {
      this.#isFull = false;
      this.#wake?.();
    });
    res.on('close', () => this.#wake?.());
  }

  async write(part: string): Promise<boolean> {
    if (this.res.destroyed) return false;
    if (this.#isFull && !this.#spool) await this.#waitPatiently();
    if (this.res.destroyed) return false;
    if (this.#isFull) this.#spool ??= await Spool.open();
    if (this.#spool) await this.#spool.write(part);
    else this.#send(part);
    return true;
  }

  /** Sends what waits, as fast as the client reads. */
  async flush(): Promise<void> {
    if (!this.#spool) return;
    for await (const part of this.#spool.read()) {
      if (this.#isFull) await this.#drainedOrClosed();
      if (this.res.destroyed) return;
      this.#send(part);
    }
  }

  async close(): Promise<void> {
    await this.#spool?.close();
  }

  #send(part: string | Buffer): void {
    this.#isFull = !this.res.write(part);
  }

  async #waitPatiently(): Promise<void> {
    if (this.patienceMs <= 0) return;
    const before = performance.now();
    const limit = setTimeout(() => this.#wake?.(), Math.min(this.patienceMs, MAX_WAIT_MS));
    await this.#drainedOrClosed();
    clearTimeout(limit);
    this.patienceMs -= performance.now() - before;
  }

  #drainedOrClosed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.res.destroyed) resolve();
      this.#wake = resolve;
    });
  }
}
