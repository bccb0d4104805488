import { Semaphore } from 'async-mutex';
import type { Ctx } from '../../../context/context';
import { acquireInTime } from '../../../database/pool/waits/acquire-in-time';
import { deadlineOf } from '../../../database/pool/waits/deadline';
import { waitedTooLong } from '../../../database/pool/waits/waited-too-long';

/* While PostgreSQL writes the rows of one, those of the other are read; more would leave the event loop no time for other requests. */
const MOST_AT_ONCE = 2;
/* Each keeps its file in the memory, 2 MiB at most. */
const MOST_WAITING = 20;

const turns = new Semaphore(MOST_AT_ONCE);
let waiting = 0;

/**
 * Imports the file of a client that waits for the report when it is this file's turn, first come, first served; throws `busy` (503) where it
 * waits as long as for a connection, or too many wait already, `unavailable` (503) when the client hangs up before.
 */
export async function inImportTurn<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  const giveBack = await turn(ctx);
  try {
    return await work();
  } finally {
    giveBack();
  }
}

async function turn({ sequelize, hangUpSignal }: Ctx): Promise<() => void> {
  if (waiting >= MOST_WAITING) throw waitedTooLong();
  waiting += 1;
  try {
    const wait = { deadline: deadlineOf(sequelize), signal: hangUpSignal?.() };
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
