import type { WriteHooks } from '../../resource/write/write-hooks';
import { moveCategories, refuseImpossibleMoves } from './tree/writes/move-categories';
import { placeNewCategories } from './tree/writes/place-new-categories';
import { refuseCategoriesInUse } from './tree/writes/refuse-categories-in-use';
import { refuseOrphanCategories } from './tree/writes/refuse-orphan-categories';

/** The write hooks of categories: serialize writers of the tree, set the position, and refuse to delete a category in use. */
export const categoryHooks: WriteHooks = {
  lockFirst: 'categoryTree',
  beforeCreate: placeNewCategories,
  beforeChange: refuseImpossibleMoves,
  beforeDelete: refuseCategoriesInUse,
  beforeRestore: refuseOrphanCategories,
  afterWrite: moveCategories,
};
