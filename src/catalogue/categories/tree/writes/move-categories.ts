import type { TxContext } from '../../../../context/context';
import { LAST_POSITION } from '../../../../database/base-model';
import { refuseUnknown } from '../../../../resource/write/checks/refuse-dead-references';
import { acceptedOf, type LockedWrite, type PendingWrite } from '../../../../resource/write/pending-write';
import { Category } from '../../category.model';
import { cycle, tooDeep } from '../tree-problems';
import { impossibleMoves, type Move, moveSubtrees } from './move-subtrees.statement';

/**
 * Refuses the changes of a parent that does not exist (`invalid_body`, 422), that would make a circle (`category_cycle`, 409) or too deep
 * a tree (`category_too_deep`, 409), and leaves parent and position to `moveCategories`. Call it under the lock of the category tree.
 */
export async function refuseImpossibleMoves(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const moving = writes.filter(isMove);
  if (moving.length === 0) return;
  await refuseUnknown(tx, Category, moving, 'parentId');
  // Without a refused move another one may be impossible, too, so the rest is tried again.
  for (let isDone = false; !isDone; ) isDone = await refuseSome(tx, acceptedOf(moving));
  for (const write of moving) {
    const { parentId: _, position: __, ...others } = write.values;
    write.values = others;
  }
}

/** Moves the categories whose parent changes, with everything below them. */
export async function moveCategories(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  const moving = writes.filter((write) => write.operation === 'update' && isMove(write as LockedWrite));
  if (moving.length > 0) await moveSubtrees(tx, moving.map(moveOf));
}

async function refuseSome(tx: TxContext, moving: readonly LockedWrite[]): Promise<boolean> {
  if (moving.length === 0) return true;
  const { circular, deep } = await impossibleMoves(tx, moving.map(moveOf));
  for (const write of moving) {
    if (circular.has(write.id)) write.refuse(cycle());
    if (deep.has(write.id)) write.refuse(tooDeep());
  }
  return circular.size + deep.size === 0;
}

function isMove({ given, row }: LockedWrite): boolean {
  return 'parentId' in given && given.parentId !== row.get('parentId');
}

function moveOf({ id, given }: PendingWrite): Move {
  return { id, parentId: given.parentId as string | null, position: Number(given.position ?? LAST_POSITION) };
}
