import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/* Clients that pipeline send a few requests at once; a client that never reads must not start thousands. */
const MAX_AT_ONCE = 8;
/* Time for the peer to read the last bytes: closing at once would reset the connection if it is still sending. */
const LINGER_MS = 1_000;

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** An open connection: the requests that it is being answered, and those that wait because the client pipelines. */
export class Connection {
  readonly #inFlight = new Set<Exchange>();
  readonly #waiting: Exchange[] = [];
  #isClosing = false;
  #whenAnswered: (() => void) | null = null;
  #activeAt = performance.now();
  #bytesRead = 0;

  constructor(
    readonly socket: Socket,
    private readonly handle: RequestListener,
  ) {}

  /** Whether a request is not yet answered. */
  get isBusy(): boolean {
    return this.#inFlight.size > 0;
  }

  /** Whether the app works on a request that has arrived as a whole. */
  get isAnswering(): boolean {
    return [...this.#inFlight].some(({ req }) => req.complete);
  }

  /** Whether a response has begun. */
  get hasBegunResponse(): boolean {
    return [...this.#inFlight].some(({ res }) => res.headersSent);
  }

  /** Hands a request to the app, at most eight at once; the others wait, and the client is not read meanwhile. */
  receive(req: IncomingMessage, res: ServerResponse): void {
    // Its response could not be sent any more, so it must not be processed.
    if (this.socket.writableEnded || this.#hasSaidClose()) return;
    const exchange = { req, res };
    if (this.#isClosing) this.#closeAfter(exchange);
    if (this.#inFlight.size < MAX_AT_ONCE) this.#start(exchange);
    else {
      this.#waiting.push(exchange);
      this.socket.pause();
    }
  }

  /** Makes the last response on the connection say `Connection: close`, after which Node closes it. */
  closeAfterLast(): void {
    this.#isClosing = true;
    this.#activeAt = performance.now();
    this.#bytesRead = this.socket.bytesRead;
    const last = this.#waiting.at(-1) ?? [...this.#inFlight].at(-1);
    if (last) this.#closeAfter(last);
  }

  /** Ends the connection if no request came for so many milliseconds, and forgets it if the peer does not end it, too. */
  closeIfIdle(forMs: number): void {
    const { bytesRead } = this.socket;
    if (this.#inFlight.size > 0 || bytesRead !== this.#bytesRead) this.#activeAt = performance.now();
    this.#bytesRead = bytesRead;
    if (performance.now() - this.#activeAt >= forMs) this.end('');
  }

  /** Calls back when the requests that arrived before are answered, or at once if there are none. */
  whenAnswered(then: () => void): void {
    if (this.#inFlight.size === 0) then();
    else this.#whenAnswered = then;
  }

  /** Sends the last bytes of the connection, and frees its descriptor within a second, whatever the peer does. */
  end(last: string): void {
    if (this.socket.writableEnded) return;
    this.socket.end(last);
    const limit = setTimeout(() => this.socket.destroy(), LINGER_MS);
    this.socket.once('close', () => clearTimeout(limit));
  }

  #start(exchange: Exchange): void {
    this.#inFlight.add(exchange);
    exchange.res.once('close', () => this.#finish(exchange));
    this.handle(exchange.req, exchange.res);
  }

  #finish(exchange: Exchange): void {
    this.#inFlight.delete(exchange);
    this.#activeAt = performance.now();
    const next = this.#waiting.shift();
    if (next && !this.socket.destroyed) this.#start(next);
    if (this.#waiting.length === 0 && this.socket.isPaused()) this.socket.resume();
    if (this.#inFlight.size > 0) return;
    this.#whenAnswered?.();
    this.#whenAnswered = null;
  }

  /* Only the last response may say so: after it, nothing more is sent. */
  #closeAfter(last: Exchange): void {
    for (const { res } of [...this.#inFlight, ...this.#waiting]) {
      if (!res.headersSent && res.hasHeader('Connection')) res.removeHeader('Connection');
    }
    if (!last.res.headersSent) last.res.setHeader('Connection', 'close');
  }

  #hasSaidClose(): boolean {
    return [...this.#inFlight].some(({ res }) => res.headersSent && !res.shouldKeepAlive);
  }
}
