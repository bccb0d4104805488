import type { TxContext } from '../../context/context';
import { refuseOrphans, refuseUnknown } from '../../resource/write/checks/refuse-dead-references';
import { setOneOf } from '../../resource/write/checks/set-one-of';
import type { PendingWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { ProductGroup } from '../groups/product-group.model';
import { productGroups } from '../groups/product-group.resource';
import { Product } from '../products/product.model';
import { products } from '../products/product.resource';
import { setSource } from './image-source';

/** The write hooks of images: require a live product or group, and a URL or a medium. */
export const imageHooks: WriteHooks = {
  lockedReferences: ['mediaId', 'groupId', 'productId'],

  beforeCreate: complete,
  beforeChange: complete,
  beforeRestore: async (tx, writes) => {
    await refuseOrphans(tx, productGroups, writes, 'groupId');
    await refuseOrphans(tx, products, writes, 'productId');
  },
};

/* In the order of the tables, as all locks are taken. */
async function complete(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  await setSource(tx, writes);
  await refuseUnknown(tx, ProductGroup, writes, 'groupId');
  await refuseUnknown(tx, Product, writes, 'productId');
  setOneOf(writes, ['productId', 'groupId']);
}
