import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { clientNetwork } from '../../request/client-address';
import { Connection } from './connection';
import { cutOff } from './cut-off';

/* From this share of the most connections on, idle ones make room. */
const CROWDED = 0.9;
const CROWDED_IDLE_MS = 1_000;
const ARRIVAL_SWEEP_MS = 1_000;

const known = new WeakMap<Server, Connections>();

/** How many connections a server may hold, and who is told when they are nearly all taken. */
export interface ConnectionLimits {
  readonly max: number;
  readonly maxPerNetwork: number;
  /** How long the body of a request may take to arrive, and of a file each part of it (`body-arrival.ts`). */
  readonly arrivalMs: number;
  onCrowded(open: number): void;
}

/** The open connections of a server, each with its requests in flight. */
export class Connections {
  readonly #open = new Map<Socket, Connection>();
  readonly #perNetwork = new Map<string, number>();
  #isDraining = false;
  #madeRoomAt = 0;

  constructor(
    server: Server,
    private readonly handle: RequestListener,
    private readonly limits: ConnectionLimits,
  ) {
    server.maxConnections = limits.max;
    known.set(server, this);
    // Before the listener of Node, which would begin to read.
    server.prependListener('connection', (socket) => this.#add(socket));
    // With all of them taken, Node closes new ones before anybody sees them.
    server.on('drop', () => this.#makeRoom());
    server.on('timeout', (socket) => this.#closeUnlessWorking(socket));
    const sweep = setInterval(() => this.#endSlow(server), ARRIVAL_SWEEP_MS).unref();
    server.once('close', () => clearInterval(sweep));
  }

  /** Returns the connections of a server that `listen` made. */
  static of(server: Server): Connections {
    const connections = known.get(server);
    if (!connections) throw new Error('The server was not made by listen().');
    return connections;
  }

  /** Hands a request to the app when its connection lets it. */
  receive(req: IncomingMessage, res: ServerResponse): void {
    this.#open.get(req.socket)?.receive(req, res);
  }

  /** Returns the connection of a socket, unless it is closed. */
  get(socket: Socket): Connection | undefined {
    return this.#open.get(socket);
  }

  /** From now on, the last response of each connection says `Connection: close`. */
  drain(): void {
    this.#isDraining = true;
    for (const connection of this.#open.values()) connection.closeAfterLast();
  }

  /** Ends each connection on which no request came for so many milliseconds. */
  closeIdle(forMs: number): void {
    for (const connection of this.#open.values()) connection.closeIfIdle(forMs);
  }

  /** Whether any request is not yet answered. */
  get areBusy(): boolean {
    return [...this.#open.values()].some(({ isBusy }) => isBusy);
  }

  /** Aborts every connection. */
  destroy(): void {
    for (const socket of this.#open.keys()) cutOff(socket);
  }

  #add(socket: Socket): void {
    const network = clientNetwork(socket.remoteAddress ?? '');
    const count = (this.#perNetwork.get(network) ?? 0) + 1;
    if (count > this.limits.maxPerNetwork) {
      socket.destroy();
      return;
    }
    this.#perNetwork.set(network, count);
    const connection = new Connection(socket, this.handle);
    this.#open.set(socket, connection);
    socket.once('close', () => this.#remove(socket, network));
    if (this.#isDraining) connection.closeAfterLast();
    this.#makeRoom();
  }

  /* A kept-alive connection is a convenience; with all of them taken, nobody else could connect. */
  #makeRoom(): void {
    const now = performance.now();
    if (this.#open.size < CROWDED * this.limits.max || now - this.#madeRoomAt < CROWDED_IDLE_MS) return;
    this.#madeRoomAt = now;
    this.closeIdle(CROWDED_IDLE_MS);
    this.limits.onCrowded(this.#open.size);
  }

  /* As Node does for slow headers. Its limit for whole requests knows no difference between a log-in and a file of a gigabyte. */
  #endSlow(server: Server): void {
    for (const [socket, connection] of this.#open) {
      if (!connection.arrivesSlowerThan(this.limits.arrivalMs)) continue;
      server.emit('clientError', Object.assign(new Error('The request arrives too slowly.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    }
  }

  #remove(socket: Socket, network: string): void {
    this.#open.delete(socket);
    const left = (this.#perNetwork.get(network) ?? 1) - 1;
    if (left === 0) this.#perNetwork.delete(network);
    else this.#perNetwork.set(network, left);
  }

  /*
   * Node reports a socket without traffic for the time-out, be it idle or with a response that the client does not read; Node itself looks
   * whether bytes went out meanwhile. A request that is worked on, or whose body still arrives, has limits of its own.
   */
  #closeUnlessWorking(socket: Socket): void {
    const connection = this.#open.get(socket);
    if (connection?.isBusy && socket.writableLength === 0) socket.setTimeout(socket.timeout ?? 0);
    else cutOff(socket);
  }
}
