import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import type { LockedWrite } from '../../../../resource/write/pending-write';
import type { TakenObject } from '../../../../resource/write/write-hooks';
import { isInSubtree } from '../subtree-condition';
import { optionsOf } from './deletion-options';

/* The live categories below some, the deepest first: parents of what cannot be deleted cannot be, either, and the deepest tell why. */
const BELOW = `SELECT c.id::text AS id, above.id::text AS "ownerId" FROM categories above JOIN categories c ON ${isInSubtree('c', 'above')}
  WHERE above.id = ANY ($1::uuid[]) AND c.id <> above.id AND c.deleted_at IS NULL ORDER BY c.level DESC, c.id`;

/** Returns the live subcategories of the categories that are deleted with their subtrees. */
export async function subcategoriesOf(tx: TxContext, writes: readonly LockedWrite[]): Promise<TakenObject[]> {
  const ids = writes.filter((write) => optionsOf(write).subtree).map(({ id }) => id);
  return ids.length === 0 ? [] : queryAll<TakenObject & Record<string, unknown>>(tx, { text: BELOW, values: [ids] });
}
