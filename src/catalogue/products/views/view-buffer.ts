import type { Logger } from 'winston';
import { RateLimitedLog } from '../../../logging/rate-limited-log';

/** Views by the id of their product. */
export type Views = ReadonlyMap<string, number>;

const FLUSH_MS = 1_000;
/* A flush of so many takes PostgreSQL a tenth of a second. */
const MAX_PRODUCTS = 10_000;

/**
 * Collects views in the process and writes them once a second. What cannot be written is kept for the next second; while it is full, a caller
 * that asks is told so.
 */
export class ViewBuffer {
  #views = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  readonly #log: RateLimitedLog;

  constructor(
    private readonly write: (views: Views) => Promise<void>,
    log: Logger,
  ) {
    this.#log = new RateLimitedLog(log);
  }

  /** Returns whether a view of the product can be counted: the buffer is not full, or counts it already. */
  hasRoomFor(productId: string): boolean {
    return this.#views.size < MAX_PRODUCTS || this.#views.has(productId);
  }

  /** Counts a view. */
  add(productId: string): void {
    this.#count(productId, 1);
    this.#flushLater();
  }

  /** Writes what is collected, after what is being written; rejects where it could not, and keeps it. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.catch(ignore).then(() => this.#writeAll());
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    if (this.#views.size === 0) return;
    const views = this.#views;
    this.#views = new Map();
    try {
      await this.write(views);
    } catch (error) {
      for (const [productId, count] of views) this.#count(productId, count);
      throw error;
    }
  }

  #count(productId: string, count: number): void {
    this.#views.set(productId, (this.#views.get(productId) ?? 0) + count);
  }

  #flushLater(): void {
    this.#timer ??= setTimeout(() => void this.flush().catch((error: Error) => this.#report(error)), FLUSH_MS).unref();
  }

  #report(error: Error): void {
    this.#log.warn('views not written', { error: error.message });
    this.#flushLater();
  }
}

function ignore(): void {
  // Who started that write reports its error.
}
