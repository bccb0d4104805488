import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { announcesBody, awaitsBody, BodyArrival } from '../body-arrival';
import { cutOff } from './cut-off';

/* One read of a socket can hold thousands of requests, each of which Node has made already. */
const MAX_WAITING = 100;
/* Time for the peer to read the last bytes: closing at once would reset the connection if it is still sending. */
const LINGER_MS = 1_000;

interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/**
 * An open connection. Its requests are processed one after the other, so a client that pipelines and does not read the responses costs
 * one response, and its writes happen in their order.
 */
export class Connection {
  #current: Exchange | null = null;
  #waiting: Exchange[] = [];
  /* Of the last request: those before it have arrived. */
  #arrival: BodyArrival | null = null;
  #isClosing = false;
  #lastWords: string | null = null;
  #activeAt = performance.now();
  #bytesRead = 0;

  constructor(
    readonly socket: Socket,
    private readonly handle: RequestListener,
  ) {
    // Node closes at once after the last response; a client that still sends its body would see a reset instead of the response.
    const destroySoon = socket.destroySoon.bind(socket);
    socket.destroySoon = () => (this.#current && awaitsBody(this.#current.req) ? this.end('') : destroySoon());
  }

  /** Whether a request is not yet answered. */
  get isBusy(): boolean {
    return this.#current !== null;
  }

  /** Hands a request to the app, or keeps it, and the client unread, until those before it are answered. */
  receive(req: IncomingMessage, res: ServerResponse): void {
    // Its response could not be sent any more, so it must not be processed.
    if (this.socket.writableEnded || this.socket.destroyed || this.#hasSaidClose()) return;
    const exchange = { req, res };
    this.#arrival = awaitsBody(req) ? new BodyArrival(req) : null;
    if (this.#current === null) {
      this.#start(exchange);
      return;
    }
    this.#waiting.push(exchange);
    if (this.#waiting.length > MAX_WAITING) cutOff(this.socket);
    else this.socket.pause();
    if (this.#isClosing) this.closeAfterLast();
  }

  /** Returns whether the body of a request, answered or not, has been arriving for longer than this. */
  arrivesSlowerThan(limitMs: number): boolean {
    return this.#arrival?.isSlowerThan(limitMs) ?? false;
  }

  /** Makes the last response on the connection say `Connection: close`, after which Node closes it. */
  closeAfterLast(): void {
    if (!this.#isClosing) this.#restartIdling();
    this.#isClosing = true;
    const { res } = this.#current ?? {};
    if (!res || res.headersSent) return;
    if (this.#waiting.length === 0) res.setHeader('Connection', 'close');
    else if (res.hasHeader('Connection')) res.removeHeader('Connection');
  }

  /** Ends the connection if no request came for so many milliseconds. */
  closeIfIdle(forMs: number): void {
    if (this.isBusy || this.socket.bytesRead !== this.#bytesRead) this.#restartIdling();
    else if (performance.now() - this.#activeAt >= forMs) this.end('');
  }

  /** Ends the connection with these bytes, after the responses of the requests that arrived before. */
  endAfterResponses(last: string): void {
    this.#waiting = this.#waiting.filter(({ req }) => req.complete);
    if (this.#current?.req.complete) this.#lastWords = last;
    else if (this.#current?.res.headersSent) cutOff(this.socket);
    else this.end(last);
  }

  /** Sends the last bytes of the connection, and frees its descriptor within a second, whatever the peer does. */
  end(last: string): void {
    if (this.socket.writableEnded) return;
    this.socket.end(last);
    const limit = setTimeout(() => cutOff(this.socket), LINGER_MS);
    this.socket.once('close', () => clearTimeout(limit));
  }

  #start(exchange: Exchange): void {
    this.#current = exchange;
    exchange.res.once('close', () => this.#finish());
    if (this.#isClosing) this.closeAfterLast();
    // Node reports a request before it parses the body in the same packet, which a refusal need not miss.
    if (announcesBody(exchange.req)) setImmediate(() => this.#handleIfOpen(exchange));
    else this.handle(exchange.req, exchange.res);
  }

  #handleIfOpen({ req, res }: Exchange): void {
    if (this.socket.writable) this.handle(req, res);
  }

  #finish(): void {
    this.#current = null;
    this.#restartIdling();
    const next = this.socket.destroyed ? undefined : this.#waiting.shift();
    if (next) this.#start(next);
    else if (this.#lastWords !== null) this.end(this.#lastWords);
    if (this.#waiting.length === 0 && this.socket.isPaused()) this.socket.resume();
  }

  #restartIdling(): void {
    this.#activeAt = performance.now();
    this.#bytesRead = this.socket.bytesRead;
  }

  #hasSaidClose(): boolean {
    return this.#current?.res.headersSent === true && !this.#current.res.shouldKeepAlive;
  }
}
