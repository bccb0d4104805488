import type { Client } from 'pg';
import type PgBoss from 'pg-boss';
import type { TxContext } from '../context/context';
import { jsonPointer, STRICT, validate } from '../schema/validate';
import { bossOn, databaseOn } from './boss';
import type { Queue } from './queue';
import { wakeWorkers } from './wake-workers';

export interface SendOptions {
  /** What the queue's `policy` counts by. */
  readonly singletonKey?: string;
  /** When the job may run; now, by default. */
  readonly startAfter?: Date;
}

/**
 * Sends a job with the unit of work: it runs after the commit, and never where that is rolled back. Returns the job's id; null where the
 * queue's policy has no room for another one with this key.
 */
export async function send<T extends object>(tx: TxContext, queue: Queue<T>, data: T, options: SendOptions = {}): Promise<string | null> {
  requireValid(queue, data);
  const boss = await sender();
  const id = await boss.send(queue.name, data, { ...options, db: databaseOf(tx) });
  tx.afterCommit(() => wakeWorkers(tx.sequelize, queue.name));
  return id;
}

/** Returns the database that pg-boss reaches through the connection of a unit of work. */
export function databaseOf(tx: TxContext): PgBoss.Db {
  const { connection } = tx.transaction as unknown as { readonly connection: Client };
  return databaseOn((work) => work(connection));
}

/** Throws where the data breaks the queue's schema: a fault of ours, never of a client. */
export function requireValid<T>({ name, data: schema }: Queue<T>, data: T): void {
  const { violations } = validate(schema, data, STRICT, jsonPointer);
  if (violations.length > 0)
    throw new TypeError(`Invalid data of a job in ${name}: ${violations.map(({ pointer, code }) => `${pointer} ${code}`).join(', ')}`);
}

let made: Promise<PgBoss> | undefined;

/* Each call brings its own connection. */
function sender(): Promise<PgBoss> {
  made ??= bossOn(databaseOn(() => Promise.reject(new Error('A job is sent inside a unit of work.'))));
  return made;
}
