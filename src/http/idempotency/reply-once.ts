import type { Ctx, TxContext } from '../../context/context';
import type { RequestKey } from '../../context/request-key';
import { queryOne } from '../../database/sql/statement';
import { type Once, type UnitOfWorkOptions, unitOfWork } from '../../database/transaction/unit-of-work';
import { type ClaimRow, claimSql, findReply, recordReply, replyFound } from '../../idempotency/stored-reply';
import type { Reply } from '../output/reply';
import { keptReply, replayed } from './kept-reply';

/**
 * Runs the unit of work that makes the reply to a request, and records the reply with it where the request has an Idempotency-Key; where
 * the reply is recorded already, returns that and does nothing. A null is committed and not recorded. Throws `idempotency_key_reused`
 * (422), `request_in_progress` (409), and what the unit of work does.
 */
export function replyOnce<T extends Reply | null>(
  ctx: Ctx,
  work: (tx: TxContext) => Promise<T>,
  options: Omit<UnitOfWorkOptions, 'once'> = {},
): Promise<T | Reply> {
  const { requestKey: key } = ctx;
  return unitOfWork<T | Reply>(ctx, work, key ? { ...options, once: onceFor<T>(key) } : options);
}

/** Returns the reply that is recorded under a key, null for none; holds nothing. Throws as `replyOnce` does. */
export async function earlierReply(ctx: Ctx, key: RequestKey): Promise<Reply | null> {
  const row = await queryOne<ClaimRow>(ctx, findReply(key));
  const found = row && replyFound(key, row);
  return found && replayed(found);
}

function onceFor<T extends Reply | null>(key: RequestKey): Once<T | Reply> {
  return {
    claim: claimSql(key),
    resultOf: ([row]) => {
      const found = replyFound(key, row as ClaimRow);
      return found && replayed(found);
    },
    record: (reply) => reply && recordReply(key, keptReply(reply)),
  };
}
