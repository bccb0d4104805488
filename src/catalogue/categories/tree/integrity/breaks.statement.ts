import { MOST_OF_A_KIND } from './integrity-schema';

/*
 * rows       every category with its parent, deleted ones included.
 * reached    those that a walk from the top finds; an orphan counts as a top.
 * climbs     the ancestors of each of the rest, which are in a cycle or below one. UNION ends the walk where it comes round.
 * circular   those in a cycle, with the lowest id in it, which names the cycle.
 */
const CYCLES = `rows AS (
    SELECT c.id, c.parent_id, c.path, c.level, c.position, c.deleted_at IS NULL AS is_live, p.id AS found_parent_id,
      p.path AS parent_path, p.level AS parent_level, c.deleted_at IS NULL AND p.deleted_at IS NOT NULL AS has_deleted_parent
    FROM categories c LEFT JOIN categories p ON p.id = c.parent_id
  ),
  reached AS (
    SELECT id FROM rows WHERE found_parent_id IS NULL
    UNION ALL
    SELECT c.id FROM reached r JOIN categories c ON c.parent_id = r.id
  ),
  unreached AS MATERIALIZED (SELECT id, parent_id FROM categories c WHERE NOT EXISTS (SELECT FROM reached r WHERE r.id = c.id)),
  climbs AS (
    SELECT id, parent_id AS ancestor_id FROM unreached
    UNION
    SELECT k.id, u.parent_id FROM climbs k JOIN unreached u ON u.id = k.ancestor_id
  ),
  circular AS (
    SELECT id, min(ancestor_id::text) AS cycle FROM climbs GROUP BY id HAVING bool_or(ancestor_id = id)
  )`;

/**
 * The statement of every broken row, once per kind: its kind, id, name and slug, and how many of the kind there are. Paths, levels and
 * parents are compared with the parent as it is, so that below a wrong row its children do not count as well.
 */
export const FIND_BREAKS = `WITH RECURSIVE ${CYCLES},
  breaks AS (
    SELECT 'cycle' AS kind, id FROM circular
    UNION ALL SELECT 'orphan', id FROM rows WHERE parent_id IS NOT NULL AND found_parent_id IS NULL
    UNION ALL SELECT 'deleted_parent', id FROM rows WHERE has_deleted_parent
    UNION ALL SELECT 'wrong_path', id FROM rows WHERE path <> coalesce(parent_path, '/') || id || '/' AND (parent_id IS NULL OR found_parent_id IS NOT NULL)
    UNION ALL SELECT 'wrong_level', id FROM rows WHERE level <> coalesce(parent_level + 1, 0) AND (parent_id IS NULL OR found_parent_id IS NOT NULL)
    UNION ALL SELECT 'same_position', id FROM (SELECT id, count(*) OVER (PARTITION BY parent_id, position) AS same FROM rows) s WHERE same > 1
  ),
  numbered AS (SELECT kind, id, count(*) OVER (PARTITION BY kind)::int AS found, row_number() OVER (PARTITION BY kind ORDER BY id) AS number FROM breaks)
  SELECT n.kind, n.found, c.id::text AS id, c.name, c.slug FROM numbered n JOIN categories c ON c.id = n.id
  WHERE n.number <= ${MOST_OF_A_KIND} ORDER BY n.kind, n.number`;

/*
 * homeless   what needs a new parent: orphans, live rows below deleted ones, and of each cycle the row that was highest.
 * grounded   what hangs on the top without any of these above: a new parent from here makes no cycle.
 * housed     every row with its parent after the repair: for what needs a new one, the nearest category that its path names, else the top.
 * placed     with the position: siblings that share one, or get a newcomer, are numbered anew, newcomers last.
 * tree       with path and level, from the top down.
 */
export const MEND_BREAKS = `WITH RECURSIVE ${CYCLES},
  homeless AS MATERIALIZED (
    SELECT id FROM rows WHERE has_deleted_parent OR (parent_id IS NOT NULL AND found_parent_id IS NULL)
    UNION
    SELECT id FROM (SELECT DISTINCT ON (k.cycle) k.id FROM circular k JOIN categories c ON c.id = k.id ORDER BY k.cycle, c.level, k.id) highest
  ),
  grounded AS (
    SELECT id, is_live FROM rows WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, c.deleted_at IS NULL FROM grounded g JOIN categories c ON c.parent_id = g.id WHERE c.id NOT IN (SELECT id FROM homeless)
  ),
  housed AS MATERIALIZED (
    SELECT r.id, r.position, h.id IS NOT NULL AS is_new, CASE WHEN h.id IS NULL THEN r.parent_id ELSE (
        SELECT g.id FROM unnest(string_to_array(btrim(r.path, '/'), '/')) WITH ORDINALITY AS above (id, depth)
        JOIN grounded g ON g.id::text = above.id WHERE g.id <> r.id AND (g.is_live OR NOT r.is_live) ORDER BY above.depth DESC LIMIT 1
      ) END AS parent_id
    FROM rows r LEFT JOIN homeless h ON h.id = r.id
  ),
  placed AS MATERIALIZED (
    SELECT id, parent_id, CASE WHEN bool_or(is_new OR same > 1) OVER (PARTITION BY parent_id)
      THEN row_number() OVER (PARTITION BY parent_id ORDER BY is_new, position, id) - 1 ELSE position END AS position
    FROM (SELECT *, count(*) OVER (PARTITION BY parent_id, position) AS same FROM housed) s
  ),
  tree AS (
    SELECT id, parent_id, position, '/' || id || '/' AS path, 0 AS level FROM placed WHERE parent_id IS NULL
    UNION ALL
    SELECT p.id, p.parent_id, p.position, t.path || p.id || '/', t.level + 1 FROM tree t JOIN placed p ON p.parent_id = t.id
  ),
  mended AS (
    UPDATE categories c SET parent_id = t.parent_id, position = t.position, path = t.path, level = t.level FROM tree t
    WHERE c.id = t.id AND (c.parent_id, c.position, c.path, c.level) IS DISTINCT FROM (t.parent_id, t.position::int, t.path, t.level)
    RETURNING c.id
  )
  SELECT count(*)::int AS count FROM mended`;
