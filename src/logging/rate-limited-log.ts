import type { Logger } from 'winston';

const EVERY_MS = 60_000;

/** Logs what may go on for long, such as a lost database: each message at most once a minute. */
export class RateLimitedLog {
  readonly #loggedAt = new Map<string, number>();

  constructor(private readonly log: Logger) {}

  /** Logs a warning, unless its message, which is a constant, was logged within the last minute. */
  warn(message: string, details: object): void {
    const now = performance.now();
    if (now - (this.#loggedAt.get(message) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return;
    this.#loggedAt.set(message, now);
    this.log.warn(message, details);
  }
}
