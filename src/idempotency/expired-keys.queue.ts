import { literal, Op } from 'sequelize';
import type { TxContext } from '../context/context';
import { defineQueue, type Queue, send } from '../jobs';
import { object } from '../schema/schema';
import { IdempotencyKey } from './idempotency-key.model';

const SLICE = 1_000;

/** Deletes the records of idempotency keys that have expired, every ten minutes, a thousand per job. */
export const expiredKeys: Queue<object> = defineQueue({
  name: 'delete-expired-idempotency-keys',
  reason: 'Replies to requests with an Idempotency-Key are kept for 48 hours.',
  data: object({}),
  schedule: '*/10 * * * *',
  policy: 'stately',
  transaction: 'managed',
  work: deleteExpiredKeys,
});

async function deleteExpiredKeys(tx: TxContext): Promise<void> {
  const { transaction } = tx;
  const expired = await IdempotencyKey.findAll({
    attributes: ['id'],
    where: { expiresAt: { [Op.lt]: literal('now()') } },
    order: ['expiresAt'],
    limit: SLICE,
    transaction,
  });
  if (expired.length === 0) return;
  await IdempotencyKey.destroy({ where: { id: expired.map(({ id }) => id) }, transaction });
  if (expired.length === SLICE) await send(tx, expiredKeys, {});
}
