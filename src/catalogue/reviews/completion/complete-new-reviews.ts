import type { TxContext } from '../../../context/context';
import { actorId } from '../../../context/permission';
import { forbidden } from '../../../problems/common-problems';
import { unknownReference } from '../../../resource/write/checks/refuse-dead-references';
import { lockVisible } from '../../../resource/write/lock-row';
import { acceptedOf, type NewWrite } from '../../../resource/write/pending-write';
import { products } from '../../products/product.resource';
import { refuseSecondReviews } from './refuse-second-reviews';

/**
 * Completes new reviews with their author, the actor, and their status. Refuses those of products that the actor does not see
 * (`invalid_body`, 422), and second ones (`already_reviewed`, 409).
 */
export async function completeNewReviews(tx: TxContext, writes: readonly NewWrite[]): Promise<void> {
  const authorId = actorId(tx.actor);
  const status = tx.env.REVIEW_MODERATION === 'on' ? 'pending' : 'published';
  const seen = await lockVisible(
    tx,
    products,
    writes.map(({ values }) => String(values.productId)),
    'NO_KEY_UPDATE',
  );
  for (const write of writes) {
    if (authorId === null) write.refuse(forbidden.because('A review has an author: sign in as the customer who writes it.'));
    if (!seen.has(String(write.values.productId))) write.refuse(unknownReference('productId'));
    write.values = { ...write.values, authorId, status };
  }
  await refuseSecondReviews(tx, acceptedOf(writes));
}
