import type { TxContext } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { queryAll } from '../../../database/sql/statement';
import { type LockedWrite, PendingWrite, type WriteOperation } from '../../../resource/write/pending-write';
import { Product } from '../../products/product.model';
import { productService } from '../../products/product.service';

/* The live products of groups, in the order in which rows are locked. */
const LIVE = `SELECT id::text AS id FROM products WHERE group_id = ANY ((SELECT $1::uuid[])::uuid[]) AND deleted_at IS NULL ORDER BY id`;

/** Lets the rules of products have their say before a group and its products are deleted; one that keeps a product keeps its group. */
export async function checkProductsToDelete(tx: TxContext, writes: readonly LockedWrite[]): Promise<void> {
  const ids = await queryAll<{ id: string }>(tx, { text: LIVE, values: [writes.map(({ id }) => id)] });
  const products = await lockProducts(
    tx,
    'delete',
    ids.map(({ id }) => id),
  );
  if (products.length > 0) await productService.hooks.beforeDelete?.(tx, products);
  const groups = new Map(writes.map((write) => [write.id, write]));
  for (const { problem, row } of products) {
    const group = groups.get(String(row.get('groupId')));
    group?.check(() => requirePermission(tx, 'products:write'));
    if (problem) group?.refuse(problem);
  }
}

/** Locks products, in the order of their ids, whether the actor sees them or not, and returns their writes. */
export async function lockProducts({ transaction }: TxContext, operation: WriteOperation, id: readonly string[]): Promise<LockedWrite[]> {
  if (id.length === 0) return [];
  const lock = transaction.LOCK.NO_KEY_UPDATE;
  const rows = await Product.findAll({ where: { id: [...id] }, paranoid: false, order: ['id'], lock, transaction });
  return rows.map((row) => new PendingWrite(operation, row.id, row));
}

/*
 * later: where products were deleted by themselves at this very time or, by another clock, after it, the group is deleted after them: so the
 * time tells what was deleted with it, and a restoration brings back exactly that.
 * moved: those groups.
 */
const DELETION = `WITH later AS (
    SELECT g.id, max(p.deleted_at) + interval '1 millisecond' AS deleted_at
    FROM product_groups g JOIN products p ON p.group_id = g.id AND p.deleted_at >= g.deleted_at
    WHERE g.id = ANY ($1::uuid[]) GROUP BY g.id
  ),
  moved AS (UPDATE product_groups g SET deleted_at = later.deleted_at FROM later WHERE g.id = later.id)
  UPDATE products p SET deleted_at = coalesce(later.deleted_at, g.deleted_at)
  FROM product_groups g LEFT JOIN later ON later.id = g.id
  WHERE g.id = ANY ($1::uuid[]) AND p.group_id = g.id AND p.deleted_at IS NULL`;

/** Deletes the products of deleted groups with them, in one statement. */
export async function deleteProducts(tx: TxContext, writes: readonly PendingWrite[]): Promise<void> {
  const deleted = writes.filter(({ operation }) => operation === 'delete');
  if (deleted.length > 0) await queryAll(tx, { text: DELETION, values: [deleted.map(({ id }) => id)] });
}

/** Returns the ids of the products that were deleted with groups. */
export async function productsDeletedWith(tx: TxContext, groupIds: readonly string[]): Promise<string[]> {
  const text = `SELECT p.id::text AS id FROM product_groups g JOIN products p ON p.group_id = g.id AND p.deleted_at = g.deleted_at
    WHERE g.id = ANY ((SELECT $1::uuid[])::uuid[]) ORDER BY p.id`;
  return (await queryAll<{ id: string }>(tx, { text, values: [groupIds] })).map(({ id }) => id);
}

/** Restores products. */
export async function restoreProducts({ transaction }: TxContext, id: readonly string[]): Promise<void> {
  await Product.restore({ where: { id: [...id] }, transaction });
}
