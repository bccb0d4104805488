import type { Sequelize } from 'sequelize';
import type { RequestKey } from '../context/request-key';
import { inProgress } from './stored-reply';

const keysInFlight = new WeakMap<Sequelize, Set<string>>();

/**
 * Runs the work of a key; throws `request_in_progress` (409) at once where this process runs it already: otherwise a twin would wait for
 * the same rows, and two in one transaction would not see each other's claim. Twins of other processes meet in the database.
 */
export async function oneAtATime<T>(sequelize: Sequelize, { id }: Pick<RequestKey, 'id'>, work: () => Promise<T>): Promise<T> {
  const keys = keysInFlight.get(sequelize) ?? new Set();
  keysInFlight.set(sequelize, keys);
  if (keys.has(id)) throw inProgress();
  keys.add(id);
  try {
    return await work();
  } finally {
    keys.delete(id);
  }
}
