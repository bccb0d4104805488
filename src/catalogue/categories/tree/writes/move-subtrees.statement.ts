import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { isInSubtree } from '../subtree-condition';
import { MAX_LEVEL } from '../tree-problems';

/** A category and its new parent, null for the top level, and its position there. */
export interface Move {
  readonly id: string;
  readonly parentId: string | null;
  readonly position: number;
}

/*
 * moved: the moves, with path and level as they are. placed: the moves from the top down, with path and level after all of them: a new parent
 * moves, too, where it is or hangs below a moved category. What is in a circle has no top and is missing.
 */
const AFTER_MOVES = `WITH RECURSIVE moved AS MATERIALIZED (
    SELECT m.id, m.parent_id, m.position, c.path, c.level
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::int[])) AS m (id, parent_id, position) JOIN categories c ON c.id = m.id
  ),
  hung AS MATERIALIZED (
    SELECT m.*, p.path AS parent_path, p.level AS parent_level, (
      SELECT above.id FROM moved above WHERE starts_with(p.path, above.path) ORDER BY above.level DESC LIMIT 1
    ) AS carrier_id
    FROM moved m LEFT JOIN categories p ON p.id = m.parent_id
  ),
  placed AS (
    SELECT h.id, h.parent_id, h.position, h.path, h.level, coalesce(h.parent_path, '/') || h.id || '/' AS new_path, coalesce(h.parent_level + 1, 0) AS new_level
    FROM hung h WHERE h.carrier_id IS NULL
    UNION ALL
    SELECT h.id, h.parent_id, h.position, h.path, h.level, p.new_path || substr(h.parent_path, length(p.path) + 1) || h.id || '/',
      p.new_level + h.parent_level - p.level + 1
    FROM placed p JOIN hung h ON h.carrier_id = p.id
  )`;

/* affected: every category of their subtrees with the lowest move that carries it; deleted ones move along, so that they can be restored. */
const AFFECTED = `${AFTER_MOVES},
  affected AS (
    SELECT DISTINCT ON (c.id) c.id, p.id AS move_id, p.parent_id, p.position,
      p.new_path || substr(c.path, length(p.path) + 1) AS path, p.new_level + c.level - p.level AS level
    FROM placed p JOIN categories c ON ${isInSubtree('c', 'p')} ORDER BY c.id, p.level DESC
  )`;

/**
 * Returns the ids of the moves that would be part of a circle, and of those that would bring a category below the deepest level: the last
 * move on its path.
 */
export async function impossibleMoves(
  tx: TxContext,
  moves: readonly Move[],
): Promise<{ readonly circular: ReadonlySet<string>; readonly deep: ReadonlySet<string> }> {
  const rows = await queryAll<{ id: string; isCircular: boolean }>(tx, {
    text: `${AFTER_MOVES}
      SELECT id::text AS id, true AS "isCircular" FROM moved WHERE id NOT IN (SELECT id FROM placed)
      UNION ALL SELECT DISTINCT p.id::text, false FROM placed p JOIN categories c ON ${isInSubtree('c', 'p')}
      WHERE p.new_level + c.level - p.level > ${MAX_LEVEL}
        AND NOT EXISTS (SELECT FROM moved lower WHERE lower.level > p.level AND starts_with(c.path, lower.path))`,
    values: arraysOf(moves),
  });
  const idsOf = (isCircular: boolean) => new Set(rows.flatMap((row) => (row.isCircular === isCircular ? [row.id] : [])));
  return { circular: idsOf(true), deep: idsOf(false) };
}

/**
 * Writes the new positions of whole subtrees, in one statement: the trigger that guards the tree checks after each statement that every
 * path follows its parent.
 */
export async function moveSubtrees(tx: TxContext, moves: readonly Move[]): Promise<void> {
  await queryAll(tx, {
    text: `${AFFECTED}
      UPDATE categories c SET path = a.path, level = a.level,
        parent_id = CASE WHEN c.id = a.move_id THEN a.parent_id ELSE c.parent_id END,
        position = CASE WHEN c.id = a.move_id THEN a.position ELSE c.position END
      FROM affected a WHERE c.id = a.id`,
    values: arraysOf(moves),
  });
}

function arraysOf(moves: readonly Move[]): unknown[] {
  return [moves.map(({ id }) => id), moves.map(({ parentId }) => parentId), moves.map(({ position }) => position)];
}
