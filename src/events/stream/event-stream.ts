import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import type { LiveTarget } from '../../http/output/streaming/live-stream';
import { Problem } from '../../problems/problem';
import type { FeedPage } from '../feed/read-feed';

const HEARTBEAT_MS = 15_000;
/* An ended session or a revoked permission ends the stream within this time. */
const RECHECK_MS = 5_000;
/* Clients come back after this time, unless they know better. */
const RETRY_MS = 2_000;

/** One client that listens to the feed: where it stands, and what it may read. */
export class EventStream {
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;
  #hasEnded = false;
  #target: LiveTarget | undefined;
  #sentAt = performance.now();
  #checkedAt = performance.now();

  constructor(
    public ctx: Ctx,
    readonly types: readonly string[] | undefined,
    public cursor: string | undefined,
  ) {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Begins to send to the client. */
  attach(target: LiveTarget): void {
    this.#target = target;
    this.#write(`retry: ${RETRY_MS}\n\n`);
  }

  /** Whether a page can be sent now: never after the end, which takes effect while a page is read. */
  get isReady(): boolean {
    return this.#target !== undefined && !this.#target.isFull && !this.#hasEnded;
  }

  /** Whether the client has left, or must come back. */
  get isClosed(): boolean {
    return this.#target?.isClosed === true;
  }

  /** Ends the response. */
  end(): void {
    this.#hasEnded = true;
    this.#end();
  }

  /** What streams have in common that can share a read: position, types and permissions. */
  get key(): string {
    const { actor } = this.ctx;
    const permissions = actor.kind === 'user' ? [...actor.permissions].sort() : actor.kind;
    return JSON.stringify([this.cursor, this.types, permissions]);
  }

  /** Sends a page of the feed; without events, and after a while, a heartbeat, which tells the client the position, too. */
  send({ events, cursor }: FeedPage): void {
    this.cursor = cursor;
    const parts = events.map((one) => `id: ${one.cursor}\nevent: ${one.event.type}\ndata: ${JSON.stringify(one.event)}\n\n`);
    if (parts.length > 0) this.#write(parts.join(''));
    else if (performance.now() - this.#sentAt >= HEARTBEAT_MS) this.#write(`: heartbeat\nid: ${cursor}\n\n`);
  }

  /** Asks, every few seconds, whether the session still lasts and permits events; ends the stream where it does not. */
  async recheck(): Promise<void> {
    if (performance.now() - this.#checkedAt < RECHECK_MS || !this.ctx.currentActor) return;
    this.#checkedAt = performance.now();
    try {
      this.ctx = { ...this.ctx, actor: await this.ctx.currentActor() };
      if (!holds(this.ctx.actor, 'events:read')) this.end();
    } catch (error) {
      // Any other error is the database's, and the next check may succeed.
      if (error instanceof Problem && error.type.status === 401) this.end();
    }
  }

  #write(text: string): void {
    this.#sentAt = performance.now();
    this.#target?.write(text);
  }
}
