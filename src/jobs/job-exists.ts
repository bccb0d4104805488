import type { Ctx } from '../context/context';
import { queryOne } from '../database/sql/statement';
import { JOBS_SCHEMA } from './boss';
import type { Queue } from './queue';

const PENDING = `SELECT 1 FROM ${JOBS_SCHEMA}.job WHERE name = $1 AND state IN ('created', 'retry', 'active') AND data = $2::jsonb LIMIT 1`;

/** Returns whether a job with these data waits or runs. */
export async function jobExists<T extends object>(ctx: Ctx, { name }: Pick<Queue<T>, 'name'>, data: T): Promise<boolean> {
  return (await queryOne(ctx, { text: PENDING, values: [name, JSON.stringify(data)] })) !== null;
}
