import { literal, Op } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { defineQueue, type Queue, send } from '../../../jobs';
import { object } from '../../../schema/schema';
import { RefreshToken } from './refresh-token.model';

const SLICE = 1_000;

/** Deletes refresh tokens that expired more than a day ago, every hour, a thousand per job. */
export const expiredSessions: Queue<object> = defineQueue({
  name: 'delete-expired-sessions',
  reason: 'Refresh tokens that expired more than a day ago are deleted every hour.',
  data: object({}),
  schedule: '17 * * * *',
  policy: 'stately',
  transaction: 'managed',
  work: deleteExpiredSessions,
});

async function deleteExpiredSessions(tx: TxContext): Promise<void> {
  const { transaction } = tx;
  const expired = await RefreshToken.findAll({
    attributes: ['id'],
    where: { expiresAt: { [Op.lt]: literal("now() - interval '1 day'") } },
    order: ['expiresAt'],
    limit: SLICE,
    lock: transaction.LOCK.UPDATE,
    // A session that is ended right now is deleted at the next run.
    skipLocked: true,
    transaction,
  });
  if (expired.length === 0) return;
  await RefreshToken.destroy({ where: { id: expired.map(({ id }) => id) }, transaction });
  if (expired.length === SLICE) await send(tx, expiredSessions, {});
}
