import type { TxContext } from '../../context/context';
import { acceptedOf, type LockedWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { optionsOf, refuseContradiction } from './tree/deletion/deletion-options';
import { reassignCategory } from './tree/deletion/reassign-category';
import { refuseCategoriesInUse } from './tree/deletion/refuse-categories-in-use';
import { subcategoriesOf } from './tree/deletion/subcategories-of';
import { moveCategories, refuseImpossibleMoves } from './tree/writes/move-categories';
import { placeNewCategories } from './tree/writes/place-new-categories';
import { refuseOrphanCategories } from './tree/writes/refuse-orphan-categories';

/**
 * The write hooks of categories: serialize writers of the tree, set the position, and refuse to delete a category in use, unless its
 * deletion says what becomes of the rest.
 */
export const categoryHooks: WriteHooks = {
  lockFirst: 'categoryTree',
  takesAlong: (managed) => [{ managed, find: subcategoriesOf }],
  beforeCreate: placeNewCategories,
  beforeChange: refuseImpossibleMoves,
  beforeDelete: async (tx, writes) => {
    await clear(tx, writes);
    const cleared = acceptedOf(writes);
    if (cleared.length > 0) await refuseCategoriesInUse(tx, cleared);
  },
  beforeRestore: refuseOrphanCategories,
  afterWrite: moveCategories,
};

/* Only the deletion of a single category has options. */
async function clear(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  for (const write of writes) {
    refuseContradiction(write);
    if (write.problem) continue;
    const { reassignTo } = optionsOf(write);
    if (reassignTo !== undefined) await reassignCategory(tx, write, reassignTo);
  }
}
