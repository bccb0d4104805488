import type { Ctx } from '../../../context/context';
import { replyOnce } from '../../../http/idempotency/reply-once';
import { ok, type Reply } from '../../../http/output/reply';
import { paymentProviderOf } from '../providers/payment-providers';
import { type ProviderMessage, receivePayment } from './receive-payment';
import { rowsOfMessage } from './rows-of-message.queries';

/**
 * Takes a genuine message of the payment provider in and replies what became of its payment; throws `invalid_body` (422) where it cannot be
 * understood.
 */
export async function takeMessage(ctx: Ctx, eventId: string, body: Readonly<Record<string, unknown>>): Promise<Reply> {
  const provider = paymentProviderOf(ctx.env);
  const event = provider.eventOf(body);
  if (event === null) return replyOnce(ctx, async () => ok({ paymentId: null, status: null, isRepeat: false }));
  const message = { provider: provider.name, eventId, event };
  const options = { rows: await rowsOfMessage(ctx, message) };
  return replyOnce(
    actingFor(ctx, message),
    async (tx) => {
      const { payment, isRepeat } = await receivePayment(tx, message);
      return ok({ paymentId: payment.id, status: payment.status, isRepeat });
    },
    options,
  );
}

/* The audit log names who told of the payment, and what. */
function actingFor(ctx: Ctx, { provider, event }: ProviderMessage): Ctx {
  return { ...ctx, actor: { kind: 'system', name: `payments:${provider}` }, reason: `payment ${event.type}` };
}
