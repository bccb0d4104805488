import type { TxContext } from '../../../context/context';
import { actorId, requirePermission } from '../../../context/permission';
import { forbidden, invalidBody } from '../../../problems/common-problems';
import type { LockedWrite } from '../../../resource/write/pending-write';

const WORDS = ['rating', 'title', 'body'] as const;

/**
 * Moderates changes of reviews: its author changes the words, which makes it pending again where reviews are moderated; staff with
 * `reviews:write` publish it, or reject it with a reason, but nobody their own. Refuses the rest with `forbidden` (403) or `invalid_body`
 * (422).
 */
export function moderateReviews(tx: TxContext, writes: readonly LockedWrite[]): void {
  for (const write of writes) {
    const isAuthor = write.row.get('authorId') === actorId(tx.actor);
    const isDecision = 'status' in write.values || 'moderationReason' in write.values;
    if (changesWords(write)) {
      if (!isAuthor) write.refuse(forbidden.because('Only its author can change the words and the rating of a review. Reject it instead.'));
      else if (!isDecision) reopen(tx, write);
    }
    if (isDecision) decide(tx, write, isAuthor);
  }
}

function changesWords({ row, values }: LockedWrite): boolean {
  return WORDS.some((name) => name in values && values[name] !== row.get(name));
}

/* Without moderation a published review stays published, but what staff have rejected does not come back by itself. */
function reopen({ env }: TxContext, write: LockedWrite): void {
  if (env.REVIEW_MODERATION === 'on' || write.row.get('status') !== 'published') {
    write.values = { ...write.values, status: 'pending', moderationReason: null };
  }
}

function decide(tx: TxContext, write: LockedWrite, isAuthor: boolean): void {
  write.check(() => requirePermission(tx, 'reviews:write'));
  if (isAuthor) write.refuse(forbidden.because('This review is your own. Ask a colleague who may moderate reviews.'));
  const { status = write.row.get('status'), moderationReason = null } = write.values;
  if (status === 'pending') write.refuse(breach('status', 'not_allowed', 'status must be published or rejected'));
  const isRejected = status === 'rejected';
  if (isRejected && moderationReason === null) {
    write.refuse(breach('moderationReason', 'required', 'moderationReason is required where a review is rejected: its author is told'));
  }
  write.values = { ...write.values, status, moderationReason: isRejected ? moderationReason : null };
}

function breach(name: string, code: string, message: string) {
  return invalidBody.because(message, { errors: [{ pointer: `/${name}`, code, message }] });
}
