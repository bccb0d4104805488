import { Binder } from '../../../database/sql/binder';
import type { Statement } from '../../../database/sql/statement';

/** Which part of the tree to read. */
export interface TreePart {
  /** The category at the top; without it, the top level of the tree. */
  readonly root?: string | undefined;
  /** The levels below the top of the part; without it, all. */
  readonly depth?: number | undefined;
}

/** A row of the tree: each category after its parent, siblings by position. */
export interface TreeRow {
  /** The node as JSON text, up to the open array of its children. */
  readonly node: string;
  readonly level: number;
  /** Of the first row alone: the ETag of the whole part, without quotes. */
  readonly tag: string | null;
}

/* Compared byte by byte, which is faster than by the rules of a language. */
const place = (alias: string) => `((lpad(${alias}.position::text, 10, '0') || ${alias}.id::text) COLLATE "C")`;

/*
 * part    the categories, each with the positions and ids from the top of the part down to itself, of one length each, which order them.
 *         OFFSET 0 keeps PostgreSQL from using an index of all live categories beside that of the parent's, as it does before ANALYZE.
 * tagged  covers the ids and versions of all of them; a move raises the version of every category that it moves.
 * sorted  the categories in their order. The children of the lowest level were not read, so they are looked for at the end.
 */
const text = (root: string, depth: string) => `
  WITH RECURSIVE part (id, name, slug, level, position, created_at, version, below, place) AS (
    SELECT id, name, slug, level, position, created_at, version, 0, ${place('categories')} FROM categories
    WHERE deleted_at IS NULL AND CASE WHEN ${root} IS NULL THEN parent_id IS NULL ELSE id = ${root} END
    UNION ALL
    SELECT c.id, c.name, c.slug, c.level, c.position, c.created_at, c.version, p.below + 1, p.place || ${place('c')}
    FROM part p JOIN LATERAL (SELECT * FROM categories WHERE parent_id = p.id OFFSET 0) c ON c.deleted_at IS NULL
    WHERE ${depth} IS NULL OR p.below < ${depth}
  ),
  tagged AS (
    SELECT to_hex(count(*)) || '.' || to_hex(coalesce(bit_xor(uuid_hash_extended(id, version)), 0))
      || '.' || to_hex(coalesce(bit_xor(hashtextextended(id || slug || created_at, version)), 0)) AS tag FROM part
  ),
  sorted AS (
    SELECT *, row_number() OVER by_place AS number, coalesce(lead(level) OVER by_place > level, false) AS has_read_children
    FROM part WINDOW by_place AS (ORDER BY place)
  )
  SELECT left(row_to_json(n)::text, -1) || ',"children":[' AS node, s.level, CASE WHEN s.number = 1 THEN (SELECT tag FROM tagged) END AS tag
  FROM sorted s, LATERAL (SELECT s.id, s.name, s.slug, s.level, s.position, CASE WHEN s.below = ${depth}
    THEN EXISTS (SELECT 1 FROM categories c WHERE c.parent_id = s.id AND c.deleted_at IS NULL) ELSE s.has_read_children END AS "hasChildren") n
  ORDER BY s.place`;

/** Returns the statement that reads a part of the tree. */
export function treeStatement({ root, depth }: TreePart): Statement {
  const { bind, values } = new Binder();
  return { text: text(bind(root ?? null, 'uuid'), bind(depth ?? null, 'int')), values };
}
