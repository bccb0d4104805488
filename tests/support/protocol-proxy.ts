import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Where the next cut happens: in place of the nth message (from 1) of one side, on the connections that are open now. */
export interface Cut {
  readonly side: 'client' | 'server';
  readonly message: number;
  /** What happens at that moment, before the connection is cut. */
  readonly onCut?: () => void;
}

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  isSwallowing: boolean;
}

/** A proxy before PostgreSQL that cuts connections at a protocol message, or swallows what they send without closing them. */
export class ProtocolProxy {
  readonly #lines = new Set<Line>();
  readonly #server: Server;
  #cut: Cut | null = null;
  #seen = 0;
  #acceptsSilently = false;

  private constructor(readonly target: URL) {
    this.#server = createServer({ noDelay: true }, (client) => this.#open(client));
  }

  /** Starts a proxy to the database of a URL. */
  static async before(url: string): Promise<ProtocolProxy> {
    const proxy = new ProtocolProxy(new URL(url));
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  /** The URL of the database through the proxy. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Cuts a connection in place of a message. Only while nothing is in flight: a message begins with the next byte. */
  cutAt(cut: Cut): void {
    this.#cut = cut;
    this.#seen = 0;
  }

  /** Lets everything pass again; returns whether the cut happened. */
  pass(): boolean {
    const happened = this.#cut === null;
    this.#cut = null;
    return happened;
  }

  /** Swallows what the open connections send and receive from now on; with `alsoNew`, new ones connect to silence. */
  swallow({ alsoNew = false } = {}): void {
    for (const line of this.#lines) line.isSwallowing = true;
    this.#acceptsSilently = alsoNew;
  }

  /** Lets new connections through again. */
  heal(): void {
    this.#acceptsSilently = false;
  }

  async close(): Promise<void> {
    for (const line of this.#lines) this.#end(line);
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #open(client: Socket): void {
    const server = connect({ host: this.target.hostname, port: Number(this.target.port || 5432), noDelay: true });
    const line: Line = { client, server, isSwallowing: this.#acceptsSilently };
    this.#lines.add(line);
    for (const socket of [client, server]) {
      socket.on('error', () => this.#end(line));
      socket.on('close', () => line.isSwallowing || this.#end(line));
    }
    client.on('data', this.#forwarding(line, 'client', server));
    server.on('data', this.#forwarding(line, 'server', client));
  }

  /* Messages are cut out of the stream only while a cut is awaited: the startup message has no type byte. */
  #forwarding(line: Line, side: Cut['side'], to: Socket): (data: Buffer) => void {
    let rest = Buffer.alloc(0);
    return (data) => {
      if (line.isSwallowing) return;
      if (this.#cut?.side !== side) {
        to.write(Buffer.concat([rest, data]));
        rest = Buffer.alloc(0);
        return;
      }
      rest = Buffer.concat([rest, data]);
      for (let length = lengthOf(rest); rest.length >= length; length = lengthOf(rest)) {
        this.#seen += 1;
        if (this.#seen === this.#cut.message) {
          this.#cut.onCut?.();
          this.#cut = null;
          this.#end(line);
          return;
        }
        to.write(rest.subarray(0, length));
        rest = rest.subarray(length);
      }
    };
  }

  /* The server gets a FIN after what it was sent; the client a closed connection. */
  #end(line: Line): void {
    this.#lines.delete(line);
    line.server.end();
    line.client.destroy();
  }
}

/* A type byte, then the length of the rest, which counts itself. */
function lengthOf(data: Buffer): number {
  return data.length < 5 ? Number.POSITIVE_INFINITY : 1 + data.readInt32BE(1);
}
