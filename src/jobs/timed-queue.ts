import type { TxContext } from '../context/context';
import { queryAll } from '../database/sql/statement';
import { flag, object, optional } from '../schema/schema';
import { defineQueue, type Queue } from './queue';
import { send } from './send';

interface Run {
  /** Whether it does what is due and looks no further. */
  readonly once?: boolean;
}

interface TimedQueueOptions {
  readonly name: string;
  readonly reason: string;
  /** The table and the column of the time at which a row is due, and the condition of those that are still to come. */
  readonly table: string;
  readonly column: string;
  readonly condition?: string;
  /** The most rows of a run, as many as take a second or two; 1,000 by default. */
  readonly most?: number;
  /** Does what is due, at most this many rows, and returns how many they were. */
  settle(tx: TxContext, most: number): Promise<number>;
}

/** A queue whose jobs run at the times that rows hold. */
export interface TimedQueue {
  readonly queue: Queue<Run>;
  /** Sends the jobs of those times that come before the job of the next minute looks ahead. */
  sendSoon(tx: TxContext, times: readonly Date[]): Promise<void>;
}

const MAX_ROWS = 1_000;
/** How far the job of each minute looks ahead: twice a minute, because pg-boss looks for schedules that are due twice a minute only. */
const AHEAD_SECONDS = 120;

/**
 * Declares a queue that works within a second after rows are due, once over all processes: a job of each minute, and one at the start of each
 * process, does what is due, also what was missed or written by psql, and sends a job for each second to come at which a row is due.
 */
export function defineTimedQueue({ name, reason, most = MAX_ROWS, settle, ...rows }: TimedQueueOptions): TimedQueue {
  const queue: Queue<Run> = defineQueue({
    name,
    reason,
    data: object({ once: optional(flag()) }) as unknown as Queue<Run>['data'],
    schedule: '* * * * *',
    runsAtStart: true,
    transaction: 'managed',
    work: async (tx, { data }) => {
      const settled = await settle(tx, most);
      if (settled === most) await send(tx, queue, { once: true });
      if (!data.once) await sendAt(tx, queue, await timesAhead(tx, rows));
    },
  });
  return {
    queue,
    sendSoon: (tx, times) => {
      const latest = Date.now() + AHEAD_SECONDS * 1_000;
      return sendAt(
        tx,
        queue,
        times.filter((time) => time.getTime() <= latest),
      );
    },
  };
}

async function sendAt(tx: TxContext, queue: Queue<Run>, times: readonly Date[]): Promise<void> {
  for (const startAfter of times) await send(tx, queue, { once: true }, { startAfter });
}

/* Whole seconds, of which there are few, however many rows are due. */
async function timesAhead(tx: TxContext, { table, column, condition = 'true' }: Pick<TimedQueueOptions, 'table' | 'column' | 'condition'>) {
  const text = `SELECT DISTINCT date_trunc('second', ${column}) + interval '1 second' AS at FROM ${table}
    WHERE ${column} > clock_timestamp() AND ${column} <= clock_timestamp() + interval '${AHEAD_SECONDS} seconds' AND ${condition}`;
  return (await queryAll<{ at: Date }>(tx, { text, values: [] })).map(({ at }) => at);
}
