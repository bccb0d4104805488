import type { TxContext } from '../../../../context/context';
import { LAST_POSITION } from '../../../../database/base-model';
import { takeAdvisoryLock } from '../../../../database/locks';
import type { Conditions } from '../../../../http/endpoint';
import type { Reply } from '../../../../http/output/reply';
import { invalidBody } from '../../../../problems/common-problems';
import { readObject, replyWith } from '../../../../resource/read/read-one';
import { patchObject } from '../../../../resource/write/change-object';
import { lockRow } from '../../../../resource/write/lock-row';
import type { ManagedResource } from '../../../../resource/write/write-hooks';
import { makeRoom, type Place, placeAmongSiblings, siblingsOf } from './order-siblings.statement';

/** Where a category moves to; without `beforeId` it stays where it is among its siblings, or comes last among new ones. */
export interface Destination {
  readonly parentId: string | null;
  readonly beforeId?: string | null | undefined;
}

/**
 * Moves a category and its subtree and returns the reply with it. Throws `not_found` (404), `precondition_failed` (412), `invalid_body`
 * (422), `category_cycle` or `category_too_deep` (409).
 */
export async function moveTo(
  tx: TxContext,
  managed: ManagedResource,
  id: string,
  { parentId, beforeId }: Destination,
  conditions: Conditions,
): Promise<Reply> {
  if (beforeId === undefined) return patchObject(tx, managed, id, { parentId }, conditions);
  await takeAdvisoryLock(tx, 'categoryTree');
  const row = await lockRow(tx, managed.resource, id);
  const place = { parentId, beforeId };
  await requireSibling(tx, id, place);
  if (row.get('parentId') !== parentId) {
    const position = beforeId === null ? LAST_POSITION : await makeRoom(tx, parentId, beforeId);
    return patchObject(tx, managed, id, { parentId, position }, conditions);
  }
  // Nothing of it changes but its place; this checks the preconditions.
  await patchObject(tx, managed, id, {}, conditions);
  await placeAmongSiblings(tx, id, place);
  return replyWith(await readObject(tx, managed.resource, id));
}

async function requireSibling(tx: TxContext, id: string, { parentId, beforeId }: Place): Promise<void> {
  if (beforeId === null || (beforeId !== id && (await siblingsOf(tx, parentId)).some((sibling) => sibling.id === beforeId))) return;
  const message = 'beforeId must be another subcategory of the new parent';
  throw invalidBody.because(message, { errors: [{ pointer: '/beforeId', code: 'not_a_sibling', message }] });
}
