import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../context/context';
import type { Statement } from '../../database/sql/statement';

const MAX_AGE_MS = 5_000;
const MAX_ESTIMATES = 1_000;

/*
 * What a list shows depends on who asks and for what: both are in the statement's text and values, of which the digest is the
 * key, as long for a hundred choices as for none. Another database has other rows, so each has estimates of its own.
 */
const byDatabase = new WeakMap<Sequelize, LRUCache<string, number>>();

/** How many rows the statement was found or estimated to have in the last five seconds, if it was. */
export function knownEstimate({ sequelize }: Ctx, rows: Statement): number | undefined {
  return byDatabase.get(sequelize)?.get(keyOf(rows));
}

/** Keeps the estimate of the statement's rows for five seconds. */
export function keepEstimate({ sequelize }: Ctx, rows: Statement, estimate: number): void {
  const estimates = byDatabase.get(sequelize) ?? new LRUCache<string, number>({ max: MAX_ESTIMATES, ttl: MAX_AGE_MS });
  byDatabase.set(sequelize, estimates);
  estimates.set(keyOf(rows), estimate);
}

function keyOf({ text, values }: Statement): string {
  return createHash('sha256')
    .update(JSON.stringify([text, values]))
    .digest('base64');
}
