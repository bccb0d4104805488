import type { IncomingMessage } from 'node:http';

/** Returns whether the headers of a request announce a body that is not empty. */
export function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Returns whether a part of a request's body has not yet arrived. */
export function awaitsBody(req: IncomingMessage): boolean {
  return !req.complete && announcesBody(req);
}

/* 70 kbit/s with a limit of 30 seconds. */
const STEADY_BYTES = 262_144;

const steady = new WeakSet<IncomingMessage>();

/** Lets the body of a request take any time, as long as it keeps arriving: a large file over a slow line. */
export function allowSteadyArrival(req: IncomingMessage): void {
  steady.add(req);
}

/** How long the body of a request has been arriving; of one that may arrive steadily, its last 256 KiB. */
export class BodyArrival {
  #since = performance.now();
  #bytesRead: number;

  constructor(private readonly req: IncomingMessage) {
    this.#bytesRead = req.socket.bytesRead;
  }

  /** Returns whether the body is still arriving, and has been for longer than this. */
  isSlowerThan(limitMs: number): boolean {
    if (!awaitsBody(this.req)) return false;
    const { bytesRead } = this.req.socket;
    if (steady.has(this.req) && bytesRead - this.#bytesRead >= STEADY_BYTES) {
      this.#since = performance.now();
      this.#bytesRead = bytesRead;
    }
    return performance.now() - this.#since > limitMs;
  }
}
