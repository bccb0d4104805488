import type { Ctx } from '../../context/context';
import { databaseTime } from '../../database/database-time';
import { unitOfWork } from '../../database/transaction/unit-of-work';
import { Webhook } from '../subscriptions/webhook.model';

/**
 * Pauses a webhook for this reason, in a unit of work of its own; the audit row is the event `webhooks.paused`. Does nothing where it is
 * paused or deleted. Its deliveries stay pending.
 */
export async function pauseWebhook(ctx: Ctx, id: string, pausedReason: string): Promise<void> {
  const isPaused = await unitOfWork(
    ctx,
    async ({ transaction }) => {
      const webhook = await Webhook.findByPk(id, { lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
      if (webhook?.status !== 'active') return false;
      await webhook.set({ status: 'paused', pausedReason, pausedAt: databaseTime() }).save({ transaction });
      return true;
    },
    { rows: [id] },
  );
  if (isPaused) ctx.log.warn('webhook paused', { webhookId: id, pausedReason });
}
