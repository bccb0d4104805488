import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../../context/context';
import type { Statement } from '../../../database/sql/statement';

const MAX_AGE_MS = 5_000;
const MAX_COUNTS = 1_000;

/* What a list shows depends on actor and query; both are in the statement's text and values. Another database has other rows. */
const byDatabase = new WeakMap<Sequelize, LRUCache<string, number>>();

/** Returns the count of the statement's rows that was kept in the last five seconds, if any. */
export function cachedCount({ sequelize }: Ctx, rows: Statement): number | undefined {
  return byDatabase.get(sequelize)?.get(keyOf(rows));
}

/** Keeps the count of the statement's rows for five seconds. */
export function cacheCount({ sequelize }: Ctx, rows: Statement, count: number): void {
  const counts = byDatabase.get(sequelize) ?? new LRUCache<string, number>({ max: MAX_COUNTS, ttl: MAX_AGE_MS });
  byDatabase.set(sequelize, counts);
  counts.set(keyOf(rows), count);
}

/* A digest is as long for a hundred values as for none. */
function keyOf({ text, values }: Statement): string {
  return createHash('sha256')
    .update(JSON.stringify([text, values]))
    .digest('base64');
}
