import type { Sequelize } from 'sequelize';

/** How many connections of the pool those may take who share them: half, so that the others are left to who needs one alone. */
export function shareOfPool({ config: { pool } }: Sequelize): number {
  return Math.ceil((pool?.max ?? 1) / 2);
}
