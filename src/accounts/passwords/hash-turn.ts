import { availableParallelism } from 'node:os';
import { Semaphore } from 'async-mutex';
import { threadPoolSize } from '../../../config/env';
import type { Ctx } from '../../context/context';
import { acquireInTime, type Wait } from '../../database/pool/waits/acquire-in-time';
import { deadlineOf } from '../../database/pool/waits/deadline';
import { waitedTooLong } from '../../database/pool/waits/waited-too-long';

/** The hashes that run at once: one for each core, and on half of the threads, because compression and files need some, too. */
export const MOST_HASHES = Math.max(1, Math.min(availableParallelism(), Math.floor(threadPoolSize() / 2)));
/** The hashes that wait at once: those behind them would hardly have their turn in time. */
export const MOST_WAITING = 250 * MOST_HASHES;

const turns = new Semaphore(MOST_HASHES);
let waiting = 0;

/** Returns the wait for the hashes of a request: until its client hangs up, and as long as for a connection. */
export function hashWait({ sequelize, hangUpSignal }: Ctx): Wait {
  return { deadline: deadlineOf(sequelize), signal: hangUpSignal?.() };
}

/**
 * Hashes when it is this hash's turn, first come, first served; throws `busy` (503) at the deadline or where too many wait already,
 * `unavailable` (503) when the client hangs up before.
 */
export async function inHashTurn<T>(wait: Wait, work: () => Promise<T>): Promise<T> {
  const giveBack = await turn(wait);
  try {
    return await work();
  } finally {
    giveBack();
  }
}

async function turn(wait: Wait): Promise<() => void> {
  if (waiting >= MOST_WAITING) throw waitedTooLong();
  waiting += 1;
  try {
    const [, giveBack] = await acquireInTime(
      wait,
      () => turns.acquire(),
      ([, late]) => late(),
    );
    return giveBack;
  } finally {
    waiting -= 1;
  }
}
