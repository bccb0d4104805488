import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { refuseOrphans } from '../../resource/write/checks/refuse-dead-references';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { products } from '../products/product.resource';
import { completeNewReviews } from './completion/complete-new-reviews';
import { refuseSecondReviews } from './completion/refuse-second-reviews';
import { moderateReviews } from './moderation/moderate-reviews';
import { refuseOthersReviews } from './moderation/refuse-others-reviews';

/**
 * The write hooks of reviews: a customer reviews a product that they see, once; its author changes the words, and staff decide what is
 * published. The product is locked before its reviews, because their rating is counted under its lock.
 */
export const reviewHooks: WriteHooks = {
  lockedReferences: ['productId'],
  lockBefore: lockProductsOf,
  beforeCreate: completeNewReviews,
  authorize: refuseOthersReviews,
  beforeChange: moderateReviews,
  beforeRestore: async (tx, writes) => {
    await refuseOrphans(tx, products, writes, 'productId');
    await refuseSecondReviews(tx, writes);
  },
};

/* NO KEY UPDATE, as the update of the rating takes it: a weaker lock would have to be raised, and two writers would deadlock. */
async function lockProductsOf(tx: TxContext, ids: readonly string[]): Promise<void> {
  const text = `SELECT FROM products WHERE id IN (SELECT product_id FROM reviews WHERE id = ANY ((SELECT $1::uuid[])::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`;
  await queryAll(tx, { text, values: [ids] });
}
