import { setTimeout as delay } from 'node:timers/promises';

/** A part of the process that a stop closes: within the milliseconds, or not at all. */
type Close = (withinMs: number) => Promise<unknown>;

/* A part gets this share of the time that is left, so that those after it have theirs. */
const SHARE = 0.6;

/** Closes the parts of the process in turn: requests in flight, connections, database. The whole takes no longer than its limit. */
export class Shutdown {
  /** In milliseconds, of the whole. */
  limitMs = 10_000;
  readonly #parts: Close[] = [];
  readonly #begun = new AbortController();

  /** Aborted when the shutdown begins: what the start waits for ends. */
  get signal(): AbortSignal {
    return this.#begun.signal;
  }

  /** Adds a part; the last to be added is closed first. */
  add(close: Close): void {
    this.#parts.unshift(close);
  }

  /**
   * Waits for what is under way, then closes every part, and returns whether all were closed in time. A part that fails does not keep the
   * others from being closed; its error is thrown at the end.
   */
  async run(reason: Error, underWay: Promise<unknown>): Promise<boolean> {
    const end = performance.now() + this.limitMs;
    this.#begun.abort(reason);
    const failures: unknown[] = [];
    const closing = underWay.then(ignore, ignore).then(() => this.#closeAll(end, failures));
    const isInTime = await Promise.race([closing.then(() => true), delay(this.limitMs, false, { ref: false })]);
    if (failures.length > 0) throw failures[0];
    return isInTime;
  }

  async #closeAll(end: number, failures: unknown[]): Promise<void> {
    for (const [index, close] of this.#parts.entries()) {
      const leftMs = Math.max(end - performance.now(), 0);
      const isLast = index === this.#parts.length - 1;
      const withinMs = isLast ? leftMs : leftMs * SHARE;
      try {
        await Promise.race([close(withinMs), delay(withinMs, undefined, { ref: false })]);
      } catch (error) {
        failures.push(error);
      }
    }
  }
}

function ignore(): void {
  // The start's own error is reported where the start is awaited.
}
