import type { TxContext } from '../../../../context/context';
import { Binder } from '../../../../database/sql/binder';
import { queryAll, queryOne } from '../../../../database/sql/statement';

/** A place among the children of a category, or on the top level where `parentId` is null: before a sibling, or behind all without one. */
export interface Place {
  readonly parentId: string | null;
  readonly beforeId: string | null;
}

/** A category among its siblings. */
export interface Sibling {
  readonly id: string;
  readonly position: number;
  readonly version: number;
}

/** Returns the live children of a category, or those of the top level, in their order. */
export function siblingsOf(tx: TxContext, parentId: string | null): Promise<Sibling[]> {
  const { bind, values } = new Binder();
  const text = `SELECT c.id::text AS id, c.position, c.version FROM categories c
    WHERE ${isChildOf('c', parentId, bind)} AND c.deleted_at IS NULL ORDER BY c.position, c.id`;
  return queryAll<Sibling & Record<string, unknown>>(tx, { text, values });
}

/** Puts siblings in the order of these ids: they share out the positions that they have, so that deleted ones keep theirs. */
export async function orderSiblings(tx: TxContext, ids: readonly string[]): Promise<void> {
  const wanted = 'SELECT w.id, w.place FROM unnest((SELECT $1::uuid[])) WITH ORDINALITY AS w (id, place)';
  await queryAll(tx, { text: sharingOut(wanted), values: [ids] });
}

/** Puts a category at a place among its own siblings; it and those in between change. */
export async function placeAmongSiblings(tx: TxContext, id: string, { parentId, beforeId }: Place): Promise<void> {
  const { bind, values } = new Binder();
  const moved = `c.id = ${bind(id, 'uuid')}`;
  const before = `coalesce((SELECT b.position FROM categories b WHERE b.id = ${bind(beforeId, 'uuid')}), 2147483647)`;
  const wanted = `SELECT c.id, row_number() OVER (ORDER BY CASE WHEN ${moved} THEN ${before} ELSE c.position END, NOT ${moved}, c.id) AS place
    FROM categories c WHERE ${isChildOf('c', parentId, bind)} AND c.deleted_at IS NULL`;
  await queryAll(tx, { text: sharingOut(wanted), values });
}

/**
 * Makes room for a category that comes before a sibling, and returns the position. The siblings move by one from there up to the first
 * position that is free.
 */
export async function makeRoom(tx: TxContext, parentId: string | null, beforeId: string): Promise<number> {
  const { bind, values } = new Binder();
  /*
   * run: the positions from that of the sibling on; those without a gap share their difference from their number.
   */
  const text = `WITH target AS (SELECT b.position FROM categories b WHERE b.id = ${bind(beforeId, 'uuid')}),
    run AS (
      SELECT c.id, c.position - t.position - row_number() OVER (ORDER BY c.position) AS gaps
      FROM target t, categories c WHERE ${isChildOf('c', parentId, bind)} AND c.position >= t.position
    ),
    shifted AS (UPDATE categories c SET position = c.position + 1 FROM run r WHERE r.id = c.id AND r.gaps = -1)
    SELECT position FROM target`;
  return (await queryOne<{ position: number }>(tx, { text, values }))?.position ?? 0;
}

/* wanted: the siblings and their new places, from 1 on. places: the positions that they have, in ascending order. */
function sharingOut(wanted: string): string {
  return `WITH wanted AS (${wanted}),
    places AS (SELECT c.position, row_number() OVER (ORDER BY c.position) AS place FROM categories c JOIN wanted w ON w.id = c.id)
    UPDATE categories c SET position = p.position FROM wanted w JOIN places p ON p.place = w.place
    WHERE c.id = w.id AND c.position <> p.position`;
}

/* IS NOT DISTINCT FROM uses no index. */
function isChildOf(alias: string, parentId: string | null, bind: Binder['bind']): string {
  return parentId === null ? `${alias}.parent_id IS NULL` : `${alias}.parent_id = ${bind(parentId, 'uuid')}`;
}
