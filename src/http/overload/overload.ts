import type { Sequelize } from 'sequelize';
import type { Logger } from 'winston';
import type { Env } from '../../../config/env';
import { rowQueueOf } from '../../database/pool/waits/row-queue';
import { overloaded } from '../../problems/common-problems';
import type { Problem } from '../../problems/problem';
import { eventLoopLagMs } from './event-loop-lag';
import { Threshold } from './threshold';

/* An overload that comes back sooner is the same one, and is logged once. */
const QUIET_MS = 5_000;
/* Spread, so that those who are refused together do not come back together. */
const MAX_RETRY_S = 3;

export type RequestKind = 'read' | 'write';

interface Episode {
  readonly startedAt: number;
  lastAt: number;
  refused: number;
}

/**
 * Knows whether the process has more to do than it can (docs/adr/0019): its event loop is late, or so many requests are in work that those
 * behind them would wait too long for the pool. Logs the beginning and the end of each such time.
 */
export class Overload {
  readonly #limit: number;
  readonly #lag: Threshold;
  readonly #inWork: Record<RequestKind, number> = { read: 0, write: 0 };
  #episode: Episode | null = null;

  constructor(
    { MAX_EVENT_LOOP_LAG_MS, MAX_REQUESTS_IN_WORK }: Pick<Env, 'MAX_EVENT_LOOP_LAG_MS' | 'MAX_REQUESTS_IN_WORK'>,
    private readonly sequelize: Sequelize,
    private readonly log: Logger,
  ) {
    this.#limit = MAX_REQUESTS_IN_WORK === 'off' ? Number.POSITIVE_INFINITY : MAX_REQUESTS_IN_WORK;
    this.#lag = new Threshold(MAX_EVENT_LOOP_LAG_MS);
  }

  /** Returns whether requests of some kind are refused at present. */
  get isPresent(): boolean {
    const { lag, read, write } = this.#look();
    return lag || read || write;
  }

  /** Throws `overloaded` (503) while requests of this kind are refused. */
  requireNone(kind: RequestKind): void {
    const state = this.#look();
    if (state.lag || state[kind]) throw this.#refusal();
  }

  /** Runs the work of a request, and counts it meanwhile; throws `overloaded` (503) where too many requests of its kind are in work. */
  async run<T>(kind: RequestKind, work: () => Promise<T>): Promise<T> {
    // Requests that arrive together pass `requireNone` before any of them is in work.
    if (this.#loadOf(kind) >= this.#limit) {
      this.#look();
      throw this.#refusal();
    }
    this.#inWork[kind] += 1;
    try {
      return await work();
    } finally {
      this.#inWork[kind] -= 1;
    }
  }

  /* Writes that wait for a row that somebody holds do not count, as they say nothing about others; up to half of the limit, as they wait in vain. */
  #loadOf(kind: RequestKind): number {
    const count = this.#inWork[kind];
    const spared = this.#limit / 2;
    return kind === 'read' || count < spared ? count : count - Math.min(spared, rowQueueOf(this.sequelize).countBehindRows());
  }

  #look(): Readonly<Record<RequestKind | 'lag', boolean>> {
    const lagMs = eventLoopLagMs();
    const [reads, writes] = [this.#loadOf('read'), this.#loadOf('write')];
    const state = {
      lag: this.#lag.isReachedBy(lagMs),
      // Without relief: each one that ends makes room for the next, so that the database never waits for work.
      read: reads >= this.#limit,
      write: writes >= this.#limit,
    };
    this.#record(state.lag || state.read || state.write, { lagMs: Math.round(lagMs), reads, writes });
    return state;
  }

  #record(isPresent: boolean, measured: object): void {
    const now = performance.now();
    if (isPresent) {
      if (!this.#episode) this.log.warn('overloaded: requests are refused', measured);
      this.#episode ??= { startedAt: now, lastAt: now, refused: 0 };
      this.#episode.lastAt = now;
    } else if (this.#episode && now - this.#episode.lastAt > QUIET_MS) {
      const { startedAt, lastAt, refused } = this.#episode;
      this.log.info('no longer overloaded', { refused, durationMs: Math.round(lastAt - startedAt) });
      this.#episode = null;
    }
  }

  #refusal(): Problem {
    if (this.#episode) this.#episode.refused += 1;
    return overloaded.because('The shop has more requests than it can serve at present; nothing was done. Try again soon.', {
      headers: { 'Retry-After': String(1 + Math.floor(Math.random() * MAX_RETRY_S)) },
    });
  }
}
