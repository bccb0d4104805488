import { setTimeout as delay } from 'node:timers/promises';
import type { Ctx } from '../../context/context';
import { type SystemResources, systemContext } from '../../context/system-context';
import { queryAll } from '../../database/sql/statement';
import type { EventCatalogue } from '../../events/definition/event-catalogue';
import { RateLimitedLog } from '../../logging/rate-limited-log';
import { fanOut } from '../feed/fan-out';
import { type HostResolver, hostResolver } from '../network/resolve-host';
import { AutoResetEvent } from './auto-reset-event';
import { type Claimed, claimStatement } from './claim.statement';
import { deliver } from './deliver';

/** How often an idle process looks for events and due deliveries, in milliseconds: what an event waits at most. */
const POLL_MS = 1_000;
/** How often a busy one reads the feed, in milliseconds. */
const FEED_MS = 200;
/** The most attempts at once in a process. */
const MAX_IN_FLIGHT = 32;

/** Sends the events of the feed to the webhooks; any number of processes may do so at once. */
export class WebhookWorker {
  readonly #ctx: Ctx;
  readonly #log: RateLimitedLog;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #workToDo = new AutoResetEvent();
  #running: Promise<void> = Promise.resolve();
  #isStopping = false;
  #feedAt = Number.NEGATIVE_INFINITY;

  constructor(
    resources: SystemResources,
    readonly catalogue: EventCatalogue,
    readonly resolver: HostResolver = hostResolver(),
  ) {
    this.#ctx = systemContext(resources, 'webhooks', 'Events are sent to webhooks.');
    this.#log = new RateLimitedLog(resources.log);
  }

  /** Starts to look for events and due deliveries, until `stop`. */
  start(): void {
    this.#running = this.#run();
  }

  /** Claims nothing more, and returns when the attempts under way have ended, or after the milliseconds; theirs are repeated elsewhere. */
  async stop(withinMs: number): Promise<void> {
    this.#isStopping = true;
    this.#workToDo.set();
    const ended = this.#running.then(() => Promise.allSettled(this.#inFlight));
    await Promise.race([ended, delay(withinMs, undefined, { ref: false })]);
  }

  /** Makes the deliveries of every event there is, and attempts all that are due, once each; for a test or a command. */
  async runOnce(): Promise<void> {
    while (await fanOut(this.#ctx, this.catalogue));
    for (let claimed = await this.#claim(); claimed.length > 0; claimed = await this.#claim())
      await Promise.all(claimed.map((delivery) => this.#deliver(delivery)));
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      const isBusy = await this.#step().catch((error: unknown) => this.#logFault(error));
      if (!isBusy) await this.#workToDo.wait(POLL_MS);
    }
  }

  /* Returns whether there is more to do at once. */
  async #step(): Promise<boolean> {
    const hasMore = await this.#readFeed();
    const free = MAX_IN_FLIGHT - this.#inFlight.size;
    const claimed = free > 0 ? await this.#claim(free) : [];
    for (const delivery of claimed) this.#track(this.#deliver(delivery));
    return hasMore && this.#inFlight.size < MAX_IN_FLIGHT;
  }

  async #readFeed(): Promise<boolean> {
    if (performance.now() - this.#feedAt < FEED_MS) return false;
    const hasMore = await fanOut(this.#ctx, this.catalogue);
    this.#feedAt = hasMore ? Number.NEGATIVE_INFINITY : performance.now();
    return hasMore;
  }

  #claim(limit = MAX_IN_FLIGHT): Promise<Claimed[]> {
    return queryAll<Claimed & Record<string, unknown>>(this.#ctx, claimStatement(limit));
  }

  async #deliver(delivery: Claimed): Promise<void> {
    await deliver(this.#ctx, this.catalogue, this.resolver, delivery).catch((error: unknown) => this.#logFault(error));
  }

  /* A delivery that has ended makes room, and lets the next one of its object go. */
  #track(work: Promise<void>): void {
    const tracked = work.finally(() => {
      this.#inFlight.delete(tracked);
      this.#workToDo.set();
    });
    this.#inFlight.add(tracked);
  }

  /* A claim whose outcome could not be recorded is over by itself. */
  #logFault(error: unknown): false {
    if (!this.#isStopping) this.#log.warn('webhooks cannot be sent', { error });
    return false;
  }
}
