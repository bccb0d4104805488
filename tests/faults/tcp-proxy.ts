import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** Nothing passes any more, in either direction, and nobody is told. */
  isDead: boolean;
}

/** A TCP proxy on loopback that loses connections in the ways that networks do. */
export class TcpProxy {
  readonly #pairs = new Set<Pair>();
  #isPaused = false;

  private constructor(readonly server: Server) {}

  /** Listens on a free port and connects to the port of the target. */
  static async listen(targetPort: number): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true });
    const proxy = new TcpProxy(server);
    server.on('connection', (near) => proxy.#join(near, connect({ port: targetPort, host: '127.0.0.1', allowHalfOpen: true })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resets all connections of this moment. */
  cut(): void {
    for (const { near, far } of this.#pairs) {
      for (const socket of [near, far]) {
        socket.resetAndDestroy();
        // A reset alone waits until what is held back has been written.
        socket.destroy();
      }
    }
  }

  /** Swallows whatever is sent on the connections of this moment; later ones pass. */
  swallow(): void {
    for (const pair of this.#pairs) pair.isDead = true;
  }

  /** Holds back all bytes until `resume`. */
  pause(): void {
    this.#isPaused = true;
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.pause();
  }

  /** Passes on what `pause` held back. */
  resume(): void {
    this.#isPaused = false;
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket.resume();
  }

  /** Ends all connections and the proxy. */
  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #join(near: Socket, far: Socket): void {
    const pair: Pair = { near, far, isDead: false };
    this.#pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => pair.isDead || to.write(bytes));
      from.on('end', () => pair.isDead || to.end());
      // A reset is passed on as one; a dead pair tells nobody.
      from.on('error', () => pair.isDead || to.destroy());
      from.on('close', () => {
        if (near.destroyed && far.destroyed) this.#pairs.delete(pair);
      });
      if (this.#isPaused) from.pause();
    }
  }
}
