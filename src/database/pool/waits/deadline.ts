import type { Sequelize } from 'sequelize';

/** A moment of `performance.now()`, in milliseconds: the clock of the wall may jump. */
export type Deadline = number;

/** Returns the moment until which work that begins now may wait for its rows, its share of the pool and a connection. */
export function deadlineOf({ config: { pool } }: Sequelize): Deadline {
  return performance.now() + (pool?.acquire ?? 0);
}
