import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { inUse } from '../../../../problems/common-problems';
import type { LockedWrite } from '../../../../resource/write/pending-write';

/* The live products of each category, and its live subcategories that are not deleted with it. */
const USES = `SELECT w.id::text AS id,
    (SELECT count(*)::int FROM categories c WHERE c.parent_id = w.id AND c.deleted_at IS NULL AND c.id <> ALL ($1::uuid[])) AS children,
    (SELECT count(*)::int FROM products p WHERE p.category_id = w.id AND p.deleted_at IS NULL) AS products
  FROM unnest($1::uuid[]) AS w (id)`;

/**
 * Refuses, with `in_use` (409), to delete categories with products or subcategories. Those that the same request deletes do not count,
 * unless they are refused.
 */
export async function refuseCategoriesInUse(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const rows = await queryAll<{ id: string; children: number; products: number }>(tx, { text: USES, values: [writes.map(({ id }) => id)] });
  const uses = new Map(rows.map((row) => [row.id, row]));
  // From the deepest up, so that what is refused counts for its parent.
  const upwards = [...writes].sort((a, b) => Number(b.row.get('level')) - Number(a.row.get('level')));
  for (const write of upwards) {
    const { children = 0, products = 0 } = uses.get(write.id) ?? {};
    if (children + products === 0) continue;
    write.refuse(inUse.because(`The category is in use (subcategories: ${children}, products: ${products}). Move or delete them first.`));
    const parent = uses.get(String(write.row.get('parentId')));
    if (parent) parent.children += 1;
  }
}
