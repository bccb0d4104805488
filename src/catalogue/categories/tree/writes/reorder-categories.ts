import type { TxContext } from '../../../../context/context';
import { takeAdvisoryLock } from '../../../../database/locks';
import type { Violation } from '../../../../problems/problem';
import { lockLive, unknownReference } from '../../../../resource/write/checks/refuse-dead-references';
import { siblingsDiffer } from '../../../problems';
import { Category } from '../../category.model';
import { orderSiblings, type Sibling, siblingsOf } from './order-siblings.statement';

/** Siblings in their new order: all children of a category, or of the top level where `parentId` is null. */
export interface NewOrder {
  readonly parentId: string | null;
  readonly ids: readonly string[];
}

/** The most categories that a reply names. */
const MOST_NAMED = 20;

/**
 * Puts all siblings in a new order and returns them. Throws `invalid_body` (422) for a parent that does not exist, `siblings_differ` (409) unless the ids are
 * exactly those of the siblings.
 */
export async function reorderCategories(tx: TxContext, { parentId, ids }: NewOrder): Promise<Sibling[]> {
  await takeAdvisoryLock(tx, 'categoryTree');
  if (parentId !== null && (await lockLive(tx, Category, [parentId])).size === 0) throw unknownReference('parentId');
  requireSame(
    ids,
    (await siblingsOf(tx, parentId)).map(({ id }) => id),
  );
  await orderSiblings(tx, ids);
  return siblingsOf(tx, parentId);
}

function requireSame(ids: readonly string[], siblings: readonly string[]): void {
  const [given, present] = [new Set(ids), new Set(siblings)];
  const missing = siblings.filter((id) => !given.has(id));
  const foreign = ids.flatMap((id, at): Violation[] =>
    present.has(id) ? [] : [{ pointer: `/ids/${at}`, code: 'not_a_sibling', message: `${id} is not among these siblings` }],
  );
  if (missing.length + foreign.length === 0) return;
  const parts = [
    ...(missing.length > 0 ? [`${missing.length} are missing: ${some(missing)}`] : []),
    ...(foreign.length > 0 ? [`${foreign.length} belong elsewhere or do not exist`] : []),
  ];
  const detail = `ids must name each of the ${siblings.length} siblings once. ${parts.join('; ')}. Read the siblings again and repeat the order.`;
  throw siblingsDiffer.because(detail, { errors: foreign.slice(0, MOST_NAMED) });
}

function some(ids: readonly string[]): string {
  return `${ids.slice(0, MOST_NAMED).join(', ')}${ids.length > MOST_NAMED ? ', ...' : ''}`;
}
