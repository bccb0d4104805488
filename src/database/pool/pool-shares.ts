import type { Sequelize } from 'sequelize';
import type { Wait } from './waits/acquire-in-time';
import { Turns } from './waits/turns';

/**
 * What takes a connection for long: writes, which may wait for locks; log-in, refresh and log-out, which may wait for a user's row; lists
 * that walk no index; among these the ones that may be slow (searches, exact counts); and among writes those of jobs. What is in none is
 * short, and has what these leave: reads by key, readiness.
 */
export type Share = 'write' | 'job' | 'session' | 'list' | 'slow';

/** The most connections that each share may have at once. */
export type ShareSizes = Readonly<Record<Share, number>>;

/** Connections that neither writes nor lists may take; sessions may take all but one of them. */
const RESERVE = 3;

/** Returns the shares of a pool. Below three connections there is nothing to reserve. */
export function shareSizes(max: number): ShareSizes {
  const reserve = Math.min(RESERVE, Math.floor(max / 3));
  const rest = max - reserve;
  const write = Math.ceil(rest / 2);
  const list = Math.max(1, rest - write);
  return { write, job: Math.ceil(write / 2), session: Math.max(1, reserve - 1), list, slow: Math.ceil(list / 2) };
}

const sharesByPool = new WeakMap<Sequelize, Readonly<Record<Share, Turns>>>();

/**
 * Runs work that takes a connection of the share, once the share has one to spare; throws `busy` (503) at the deadline, and `unavailable`
 * (503) when the client hangs up before.
 */
export function inShare<T>(sequelize: Sequelize, share: Share, wait: Wait, work: () => Promise<T>): Promise<T> {
  const shares = sharesOf(sequelize);
  if (share === 'slow') return shares.slow.take(wait, () => shares.list.take(wait, work));
  if (share === 'job') return shares.job.take(wait, () => shares.write.take(wait, work));
  return shares[share].take(wait, work);
}

function sharesOf(sequelize: Sequelize): Readonly<Record<Share, Turns>> {
  const known = sharesByPool.get(sequelize);
  if (known) return known;
  const { write, job, session, list, slow } = shareSizes(sequelize.config.pool?.max ?? 1);
  const made = {
    write: new Turns(write),
    job: new Turns(job),
    session: new Turns(session),
    list: new Turns(list),
    slow: new Turns(slow),
  };
  sharesByPool.set(sequelize, made);
  return made;
}
