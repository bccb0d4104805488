import type { TxContext } from '../../../../context/context';
import type { Problem } from '../../../../problems/problem';
import { lockLive, unknownReference } from '../../../../resource/write/checks/refuse-dead-references';
import type { NewWrite } from '../../../../resource/write/pending-write';
import { Category } from '../../category.model';
import { cycle, MAX_LEVEL, tooDeep } from '../tree-problems';

/** The position of a category in the tree: the ids from the top down to itself, and the number of its ancestors. */
interface Position {
  readonly path: string;
  readonly level: number;
}

/**
 * Gives new categories their position. The parent of one may be another of the same request. Refuses those whose parent does not exist or
 * is refused (`invalid_body`, 422), those in a circle (`category_cycle`, 409) and those too deep (`category_too_deep`, 409).
 */
export async function placeNewCategories(tx: TxContext, writes: readonly NewWrite[]): Promise<void> {
  const created = new Map(writes.map((write) => [write.id, write]));
  const outside = writes.map(parentOf).filter((id) => id !== null && !created.has(id)) as string[];
  const positions = new Map<string, Position>(await lockLive(tx, Category, outside));
  for (const write of writes) place(write, created, positions, []);
}

/* Places what is above it first; `below` are the categories that wait for this. */
function place(
  write: NewWrite,
  created: ReadonlyMap<string, NewWrite>,
  positions: Map<string, Position>,
  below: readonly NewWrite[],
): void {
  if (positions.has(write.id) || write.problem) return;
  const parentId = parentOf(write);
  const parent = created.get(parentId ?? '');
  if (below.includes(write)) {
    for (const link of below.slice(below.indexOf(write))) link.refuse(cycle());
  } else if (parent) place(parent, created, positions, [...below, write]);
  if (write.problem) return;
  const position = positionBelow(write.id, parentId, positions);
  if ('path' in position) {
    positions.set(write.id, position);
    write.values = { ...write.values, path: position.path, level: position.level };
  } else write.refuse(position);
}

function positionBelow(id: string, parentId: string | null, positions: ReadonlyMap<string, Position>): Position | Problem {
  if (parentId === null) return { path: `/${id}/`, level: 0 };
  const parent = positions.get(parentId);
  if (!parent) return unknownReference('parentId');
  return parent.level >= MAX_LEVEL ? tooDeep() : { path: `${parent.path}${id}/`, level: parent.level + 1 };
}

function parentOf({ values }: NewWrite): string | null {
  return (values.parentId ?? null) as string | null;
}
