import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { inUse } from '../../../../problems/common-problems';
import type { LockedWrite } from '../../../../resource/write/pending-write';

/* The live products and product groups of each category, and its live subcategories that are not deleted with it. */
const USES = `SELECT w.id::text AS id,
    (SELECT count(*)::int FROM categories c WHERE c.parent_id = w.id AND c.deleted_at IS NULL AND c.id <> ALL ($1::uuid[])) AS children,
    (SELECT count(*)::int FROM products p WHERE p.category_id = w.id AND p.deleted_at IS NULL) AS products,
    (SELECT count(*)::int FROM product_groups g WHERE g.category_id = w.id AND g.deleted_at IS NULL) AS groups
  FROM unnest($1::uuid[]) AS w (id)`;

interface Uses {
  readonly [column: string]: unknown;
  readonly id: string;
  children: number;
  readonly products: number;
  readonly groups: number;
}

const ADVICE = 'Move or delete them first, or delete it with reassignTo=<id of another category>, which moves them there.';

/**
 * Refuses, with `in_use` (409), to delete categories with products, product groups or subcategories. Those that the same request deletes do not count,
 * unless they are refused.
 */
export async function refuseCategoriesInUse(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const rows = await queryAll<Uses>(tx, { text: USES, values: [writes.map(({ id }) => id)] });
  const uses = new Map(rows.map((row) => [row.id, row]));
  // From the deepest up, so that what is refused counts for its parent.
  const upwards = [...writes].sort((a, b) => Number(b.row.get('level')) - Number(a.row.get('level')));
  for (const write of upwards) {
    const { children = 0, products = 0, groups = 0 } = uses.get(write.id) ?? {};
    if (children + products + groups === 0) continue;
    const counts = [`subcategories: ${children}`, `products: ${products}`, ...(groups > 0 ? [`product groups: ${groups}`] : [])];
    write.refuse(inUse.because(`The category is in use (${counts.join(', ')}). ${ADVICE}`));
    const parentId = String(write.row.get('parentId'));
    const parent = uses.get(parentId);
    // The owner of what it takes along is refused by a problem that names these.
    if (parent && parentId !== write.owner?.id) parent.children += 1;
  }
}
