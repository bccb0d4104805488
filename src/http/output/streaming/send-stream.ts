import type { Request, Response } from 'express';
import { isNotModified } from '../conditional';
import type { JsonStream } from './json-stream';
import { Spool } from './spool';

/**
 * Sends a response that is made meanwhile; a read whose ETag the client has becomes a 304 without a body. What the client does not read in
 * time waits in a file, so neither memory nor the connection to the database that the text comes from depends on the client.
 */
export async function sendStream(req: Request, res: Response, status: number, stream: JsonStream): Promise<void> {
  const output = new Output(res);
  try {
    await stream.produce({
      begin: (headers) => begin(req, res, status, headers),
      write: (part) => output.write(part),
    });
    await output.flush();
  } finally {
    await output.close();
  }
  res.end();
}

function begin(req: Request, res: Response, status: number, headers: Readonly<Record<string, string>>): boolean {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (headers.ETag !== undefined && isNotModified(req.headers['if-none-match'], headers.ETag)) {
    res.writeHead(304);
    return false;
  }
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.writeHead(status);
  return req.method !== 'HEAD';
}

class Output {
  #isFull = false;
  #spool: Spool | undefined;
  #wake: (() => void) | undefined;

  /* One listener for the whole response: the compression forwards `drain` to its own stream, where `once` would never remove one. */
  constructor(private readonly res: Response) {
    res.on('drain', () => {
      this.#isFull = false;
      this.#wake?.();
    });
    res.on('close', () => this.#wake?.());
  }

  async write(part: string): Promise<boolean> {
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

  #drainedOrClosed(): Promise<void> {
    return new Promise((resolve) => {
      if (this.res.destroyed) resolve();
      this.#wake = resolve;
    });
  }
}
