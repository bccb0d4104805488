import { setTimeout as delay } from 'node:timers/promises';
import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../context/context';
import { RateLimitedLog } from '../../logging/rate-limited-log';
import { busy } from '../../problems/common-problems';
import { Problem } from '../../problems/problem';
import type { EventCatalogue } from '../definition/event-catalogue';
import { readFeed } from '../feed/read-feed';
import type { EventStream } from './event-stream';

const POLL_MS = 500;
const RETRY_MS = 2_000;
const PAGE = 100;

/**
 * Reads the feed for all streams of the process, one statement at a time: those that wait at the same position share it, and none holds a
 * connection. It polls, because NOTIFY in every write would take a lock of the whole cluster at each commit.
 */
export class EventPoller {
  static readonly #pollers = new WeakMap<Sequelize, EventPoller>();
  readonly #streams = new Set<EventStream>();
  #isRunning = false;

  private constructor(
    private readonly catalogue: EventCatalogue,
    private readonly log: RateLimitedLog,
  ) {}

  /** Returns the poller of a pool. */
  static of({ sequelize, log }: Pick<Ctx, 'sequelize' | 'log'>, catalogue: EventCatalogue): EventPoller {
    const poller = EventPoller.#pollers.get(sequelize) ?? new EventPoller(catalogue, new RateLimitedLog(log));
    EventPoller.#pollers.set(sequelize, poller);
    return poller;
  }

  /** Adds a stream; throws `busy` (503) where there are `max` already. */
  add(stream: EventStream, max: number): void {
    if (this.#streams.size >= max) {
      throw busy.because(`The shop sends events to ${max} clients already. Poll GET /v1/events instead, or try again later.`, {
        headers: { 'Retry-After': '30' },
      });
    }
    this.#streams.add(stream);
    stream.ended.then(() => this.#streams.delete(stream));
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#streams.size > 0) await delay(await this.#round(), undefined, { ref: false });
    this.#isRunning = false;
  }

  /* Returns how long to wait for the next round, in milliseconds. */
  async #round(): Promise<number> {
    try {
      const hasMore = await this.#sendNext();
      return hasMore ? 0 : POLL_MS;
    } catch (error) {
      this.log.warn('events cannot be read', { error });
      return RETRY_MS;
    }
  }

  async #sendNext(): Promise<boolean> {
    const groups = new Map<string, EventStream[]>();
    for (const stream of this.#streams) {
      if (stream.isClosed) stream.end();
      else await stream.recheck();
      if (stream.isReady) groups.set(stream.key, [...(groups.get(stream.key) ?? []), stream]);
    }
    let hasMore = false;
    for (const streams of groups.values()) hasMore = (await this.#sendTo(streams)) || hasMore;
    return hasMore;
  }

  async #sendTo(streams: readonly EventStream[]): Promise<boolean> {
    const [{ ctx, cursor, types }] = streams as [EventStream];
    try {
      const page = await readFeed(ctx, this.catalogue, { after: cursor, types, limit: PAGE });
      for (const stream of streams) stream.send(page);
      return page.hasNext;
    } catch (error) {
      // What the client asked for is no longer allowed; it comes back, and is told.
      if (!(error instanceof Problem) || error.type.status >= 500) throw error;
      for (const stream of streams) stream.end();
      return false;
    }
  }
}
