import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** A message that the receiver got. */
export interface Received {
  readonly id: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly event: { readonly id: string; readonly type: string; readonly object: { readonly id: string }; readonly changes: object };
}

type Answer = (req: IncomingMessage, res: ServerResponse, count: number) => void;

/** A receiver of webhooks on the loopback. */
export class Receiver {
  readonly received: Received[] = [];
  /** What answers; 204 unless a test sets another. */
  answer: Answer = (_req, res) => void res.writeHead(204).end();
  readonly #server: Server = createServer((req, res) => void this.#take(req, res));

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hooks`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Forgets what it got, and answers 204 again. */
  reset(): void {
    this.received.length = 0;
    this.answer = (_req, res) => void res.writeHead(204).end();
  }

  async #take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const headers = req.headers as Record<string, string>;
    this.received.push({ id: String(headers['webhook-id']), headers, body, event: JSON.parse(body) });
    this.answer(req, res, this.received.length);
  }
}

/** Returns whether the secret verifies the signature of a message. */
export function isSignedBy(secret: string, { body, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}
