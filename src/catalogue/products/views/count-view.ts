import { backOff } from 'exponential-backoff';
import { isbot } from 'isbot';
import type { Sequelize } from 'sequelize';
import type { Ctx } from '../../../context/context';
import { systemContext } from '../../../context/system-context';
import { unitOfWork } from '../../../database/transaction/unit-of-work';
import { replyOnce } from '../../../http/idempotency/reply-once';
import type { Reply } from '../../../http/output/reply';
import { busy } from '../../../problems/common-problems';
import { ViewBuffer } from './view-buffer';
import { writeViews } from './write-views.statement';

const ACCEPTED: Reply = { status: 202 };
const ATTEMPTS_AT_STOP = 5;

const buffers = new WeakMap<Sequelize, ViewBuffer>();

/**
 * Counts a view of a product, once for each Idempotency-Key, unless the client is a bot, and returns a 202. Throws `busy` (503) while too many
 * views wait to be written, and what `replyOnce` does.
 */
export async function countView(ctx: Ctx, productId: string): Promise<Reply> {
  if (isbot(ctx.userAgent)) return ACCEPTED;
  const buffer = bufferOf(ctx);
  if (!buffer.hasRoomFor(productId)) throw busy.because('Too many views wait to be written. Try again in a moment.');
  if (ctx.requestKey) {
    return replyOnce(ctx, async (tx) => {
      tx.afterCommit(() => buffer.add(productId));
      return ACCEPTED;
    });
  }
  buffer.add(productId);
  return ACCEPTED;
}

/** Writes the views that the process has collected for a database; a clean stop awaits it. */
export async function flushViews(sequelize: Sequelize): Promise<void> {
  const buffer = buffers.get(sequelize);
  if (buffer) await backOff(() => buffer.flush(), { numOfAttempts: ATTEMPTS_AT_STOP });
}

function bufferOf({ env, log, sequelize }: Ctx): ViewBuffer {
  const known = buffers.get(sequelize);
  if (known) return known;
  const ctx = { ...systemContext({ env, log, sequelize }, 'views', 'Views of products are counted.'), isBackground: true };
  const buffer = new ViewBuffer((views) => unitOfWork(ctx, (tx) => writeViews(tx, views)), log);
  buffers.set(sequelize, buffer);
  return buffer;
}
