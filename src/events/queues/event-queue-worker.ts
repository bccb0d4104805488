import { setTimeout as delay } from 'node:timers/promises';
import type { SystemResources } from '../../context/system-context';
import { RateLimitedLog } from '../../logging/rate-limited-log';
import type { EventCatalogue } from '../definition/event-catalogue';
import type { EventQueue } from './event-queue';
import { sendJobsOfEvents } from './send-jobs-of-events';

/** How often a process looks for events, in milliseconds: what a job waits at most. */
const POLL_MS = 2_000;

/** Feeds the queues that events feed; any number of processes may do so at once. */
export class EventQueueWorker {
  readonly #log: RateLimitedLog;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(
    readonly resources: SystemResources,
    readonly catalogue: EventCatalogue,
    readonly queues: readonly EventQueue[],
  ) {
    this.#log = new RateLimitedLog(resources.log);
  }

  /** Starts to look for events, until `stop`. */
  start(): void {
    this.#running = this.#run();
  }

  /** Returns when the read under way has ended, or after the milliseconds. */
  async stop(withinMs: number): Promise<void> {
    this.#stopping.abort();
    await Promise.race([this.#running, delay(withinMs, undefined, { ref: false })]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      for (const queue of this.queues) await this.#feed(queue);
      await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #feed(queue: EventQueue): Promise<void> {
    try {
      while (!this.#stopping.signal.aborted && (await sendJobsOfEvents(this.resources, this.catalogue, queue)));
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#log.warn('events cannot be made jobs', { queue: queue.queue.name, error });
    }
  }
}
