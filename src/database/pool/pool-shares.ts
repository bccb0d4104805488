import { E_TIMEOUT, Semaphore, withTimeout } from 'async-mutex';
import type { Sequelize } from 'sequelize';
import type { Deadline } from './deadline';
import { waitedTooLong } from './waited-too-long';

/**
 * What takes a connection for long: writes, which may wait for locks; lists that walk no index; and among these the ones that may be
 * slow (searches, exact counts). What is in none is short, and has what these leave: reads by key, log-in, readiness.
 */
export type Share = 'write' | 'list' | 'slow';

/** The most connections that each share may have at once. */
export type ShareSizes = Readonly<Record<Share, number>>;

/** Connections that neither writes nor lists may take: as many as short reads share. */
const RESERVE = 3;

/** Returns the shares of a pool. Below three connections there is nothing to reserve. */
export function shareSizes(max: number): ShareSizes {
  const rest = max - Math.min(RESERVE, Math.floor(max / 3));
  const write = Math.ceil(rest / 2);
  const list = Math.max(1, rest - write);
  return { write, list, slow: Math.ceil(list / 2) };
}

const shares = new WeakMap<Sequelize, Readonly<Record<Share, Semaphore>>>();

/** Runs work that takes a connection of the share, once the share has one to spare; throws `busy` (503) at the deadline. */
export function inShare<T>(sequelize: Sequelize, share: Share, deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const { list, slow, write } = sharesOf(sequelize);
  if (share === 'write') return within(write, deadline, work);
  if (share === 'list') return within(list, deadline, work);
  return within(slow, deadline, () => within(list, deadline, work));
}

function sharesOf(sequelize: Sequelize): Readonly<Record<Share, Semaphore>> {
  const known = shares.get(sequelize);
  if (known) return known;
  const { write, list, slow } = shareSizes(sequelize.config.pool?.max ?? 1);
  const made = { write: new Semaphore(write), list: new Semaphore(list), slow: new Semaphore(slow) };
  shares.set(sequelize, made);
  return made;
}

async function within<T>(semaphore: Semaphore, deadline: Deadline, work: () => Promise<T>): Promise<T> {
  const [, release] = await acquired(semaphore, deadline);
  try {
    return await work();
  } finally {
    release();
  }
}

async function acquired(semaphore: Semaphore, deadline: Deadline): Promise<[number, () => void]> {
  // A timer only for those that wait.
  if (!semaphore.isLocked()) return semaphore.acquire();
  try {
    return await withTimeout(semaphore, Math.max(1, deadline - performance.now())).acquire();
  } catch (error) {
    throw error === E_TIMEOUT ? waitedTooLong() : error;
  }
}
