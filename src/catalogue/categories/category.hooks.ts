import type { WriteHooks } from '../../resource/write/write-hooks';
import { moveCategories, refuseImpossibleMoves } from './tree/move-categories';
import { placeNewCategories } from './tree/place-new-categories';
import { refuseCategoriesInUse } from './tree/refuse-categories-in-use';
import { refuseOrphanCategories } from './tree/refuse-orphan-categories';

/** The write hooks of categories: serialize writers of the tree, set the position, and refuse to delete a category in use. */
export const categoryHooks: WriteHooks = {
  lockFirst: 'categoryTree',
  beforeCreate: placeNewCategories,
  beforeChange: refuseImpossibleMoves,
  beforeDelete: refuseCategoriesInUse,
  beforeRestore: refuseOrphanCategories,
  afterWrite: moveCategories,
};
