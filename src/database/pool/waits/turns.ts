import { Semaphore } from 'async-mutex';
import type { Ctx } from '../../../context/context';
import { acquireInTime, type Wait } from './acquire-in-time';
import { deadlineOf } from './deadline';
import { waitedTooLong } from './waited-too-long';

/** Bounds how much work of a kind the process does at once, first come, first served. */
export class Turns {
  readonly #semaphore: Semaphore;
  readonly #mostWaiting: number;
  #waiting = 0;

  constructor(atOnce: number, mostWaiting = Number.POSITIVE_INFINITY) {
    this.#semaphore = new Semaphore(atOnce);
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Does the work when it is its turn; throws `busy` (503) at the deadline or where too much waits already, `unavailable` (503) when the
   * client hangs up before.
   */
  async take<T>(wait: Wait, work: () => Promise<T>): Promise<T> {
    const giveBack = await this.#turn(wait);
    try {
      return await work();
    } finally {
      giveBack();
    }
  }

  async #turn(wait: Wait): Promise<() => void> {
    if (this.#waiting >= this.#mostWaiting) throw waitedTooLong();
    this.#waiting += 1;
    try {
      const [, giveBack] = await acquireInTime(
        wait,
        () => this.#semaphore.acquire(),
        ([, late]) => late(),
      );
      return giveBack;
    } finally {
      this.#waiting -= 1;
    }
  }
}

/** Returns the wait for the turn of a request: until its client hangs up, and as long as for a connection. */
export function turnWait({ sequelize, hangUpSignal }: Ctx): Wait {
  return { deadline: deadlineOf(sequelize), signal: hangUpSignal?.() };
}
