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
 * moved: the moves. affected: every category of their subtrees with its parent after the moves; deleted ones move along, so that they can be
 * restored. tree: the affected ones from the top down, with path and level after the moves. What is in a circle has no top and is missing.
 */
const AFTER_MOVES = `WITH RECURSIVE moved AS (
    SELECT id, parent_id, position FROM unnest((SELECT $1::uuid[]), (SELECT $2::uuid[]), (SELECT $3::int[])) AS m (id, parent_id, position)
  ),
  affected AS MATERIALIZED (
    SELECT DISTINCT c.id, CASE WHEN m.id IS NULL THEN c.parent_id ELSE m.parent_id END AS parent_id, coalesce(m.position, c.position) AS position
    FROM moved top JOIN categories r ON r.id = top.id
    JOIN categories c ON ${isInSubtree('c', 'r')}
    LEFT JOIN moved m ON m.id = c.id
  ),
  tree AS (
    SELECT a.id, coalesce(p.path, '/') || a.id || '/' AS path, coalesce(p.level + 1, 0) AS level, a.parent_id, a.position
    FROM affected a LEFT JOIN categories p ON p.id = a.parent_id
    WHERE a.parent_id IS NULL OR a.parent_id NOT IN (SELECT id FROM affected)
    UNION ALL
    SELECT a.id, t.path || a.id || '/', t.level + 1, a.parent_id, a.position FROM tree t JOIN affected a ON a.parent_id = t.id
  )`;

const MOST_DEEP = 1_000;

/**
 * Returns the ids of the moves that would be part of a circle, and of those that would bring a category below the deepest level: the last
 * move on its path.
 */
export async function impossibleMoves(
  tx: TxContext,
  moves: readonly Move[],
): Promise<{ readonly circular: ReadonlySet<string>; readonly deep: ReadonlySet<string> }> {
  const rows = await queryAll<{ id: string; path: string | null }>(tx, {
    text: `${AFTER_MOVES}
      SELECT m.id::text AS id, NULL AS path FROM moved m WHERE m.id NOT IN (SELECT id FROM tree)
      UNION ALL (SELECT id::text, path FROM tree WHERE level > ${MAX_LEVEL} LIMIT ${MOST_DEEP})`,
    values: arraysOf(moves),
  });
  const moved = new Set(moves.map(({ id }) => id));
  const lastMove = (path: string) => path.split('/').findLast((id) => moved.has(id)) as string;
  return {
    circular: new Set(rows.flatMap(({ id, path }) => (path === null ? [id] : []))),
    deep: new Set(rows.flatMap(({ path }) => (path === null ? [] : [lastMove(path)]))),
  };
}

/**
 * Writes the new positions of whole subtrees, in one statement: the trigger that guards the tree checks after each statement that every
 * path follows its parent.
 */
export async function moveSubtrees(tx: TxContext, moves: readonly Move[]): Promise<void> {
  await queryAll(tx, {
    text: `${AFTER_MOVES}
      UPDATE categories c SET path = t.path, level = t.level, parent_id = t.parent_id, position = t.position FROM tree t WHERE c.id = t.id`,
    values: arraysOf(moves),
  });
}

function arraysOf(moves: readonly Move[]): unknown[] {
  return [moves.map(({ id }) => id), moves.map(({ parentId }) => parentId), moves.map(({ position }) => position)];
}
