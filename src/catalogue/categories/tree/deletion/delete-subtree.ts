import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { inUse } from '../../../../problems/common-problems';
import type { LockedWrite } from '../../../../resource/write/pending-write';
import { deleteAlong } from '../../../../resource/write/rows/take-along';
import type { ManagedResource } from '../../../../resource/write/write-hooks';
import { isInSubtree } from '../subtree-condition';

/* The live categories below one, the deepest first. */
const BELOW = `SELECT c.id::text AS id FROM categories above JOIN categories c ON ${isInSubtree('c', 'above')}
  WHERE above.id = $1::uuid AND c.id <> above.id AND c.deleted_at IS NULL`;

/** The most categories that a reply names. */
const MOST_NAMED = 5;

/** Deletes the subcategories of a category along with it; refuses it, with `in_use` (409), where one of them is in use by products. */
export async function deleteSubtree(tx: TxContext, managed: ManagedResource, write: LockedWrite): Promise<void> {
  const below = await queryAll<{ id: string }>(tx, { text: BELOW, values: [write.id] });
  if (below.length === 0) return;
  const writes = await deleteAlong(
    tx,
    managed,
    write.id,
    below.map(({ id }) => id),
  );
  const refused = writes.filter(({ problem }) => problem);
  if (refused.length === 0) return;
  // Parents of what is refused are refused, too; the deepest tell why.
  const deepest = refused.sort((a, b) => Number(b.row.get('level')) - Number(a.row.get('level'))).slice(0, MOST_NAMED);
  const named = deepest.map(({ row, problem }) => `"${row.get('name')}": ${problem?.detail}`);
  write.refuse(inUse.because(`${refused.length} of its subcategories cannot be deleted. ${named.join(' ')}`));
}
