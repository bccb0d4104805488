import { existsSync, readFileSync } from 'node:fs';
import type { Env } from '../../../../config/env';

const LIMITS_FILE = '/proc/self/limits';
/* For the database, the log, and what Node opens for itself. */
const RESERVED_FILES = 100;

/**
 * Returns how many connections the server may hold: MAX_CONNECTIONS, or fewer where the process may not open so many files. Without a
 * descriptor left nobody could connect, and neither could the process reach its database.
 */
export function maxConnections({ MAX_CONNECTIONS, DB_POOL_MAX }: Pick<Env, 'MAX_CONNECTIONS' | 'DB_POOL_MAX'>): number {
  return Math.max(1, Math.min(MAX_CONNECTIONS, maxOpenFiles() - RESERVED_FILES - DB_POOL_MAX));
}

/* Linux only; Node raises the soft limit to the hard one at its start. */
function maxOpenFiles(): number {
  if (!existsSync(LIMITS_FILE)) return Number.POSITIVE_INFINITY;
  const soft = /^Max open files\s+(\d+)/m.exec(readFileSync(LIMITS_FILE, 'utf8'))?.[1];
  return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
}
