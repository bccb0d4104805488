import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { OptionValues } from '../option-axes';

/** How many live products of a group have a value. */
export interface OptionUse {
  readonly groupId: string;
  readonly axis: string;
  readonly value: string;
  readonly products: number;
}

const USES = `SELECT p.group_id::text AS "groupId", e.key AS axis, e.value, count(*)::int AS products
  FROM products p, jsonb_each_text(p.option_values) e
  WHERE p.group_id = ANY ((SELECT $1::uuid[])::uuid[]) AND p.deleted_at IS NULL
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

/** Returns the values that live products of these groups have. */
export function optionUses(tx: TxContext, groupIds: readonly string[]): Promise<OptionUse[]> {
  return queryAll<OptionUse & Record<string, unknown>>(tx, { text: USES, values: [groupIds] });
}

const ADDITION = `UPDATE products p SET option_values = a.added || p.option_values
  FROM unnest($1::uuid[], $2::jsonb[]) AS a (group_id, added) WHERE p.group_id = a.group_id`;

/** Adds values to the products of groups, deleted ones as well, so that they can be restored. */
export async function addOptionValues(
  tx: TxContext,
  groups: readonly { readonly groupId: string; readonly added: OptionValues }[],
): Promise<void> {
  const values = [groups.map(({ groupId }) => groupId), groups.map(({ added }) => JSON.stringify(added))];
  await queryAll(tx, { text: ADDITION, values });
}

/* In a rename each product keeps its other values. */
const RENAMED_AXIS = `UPDATE products SET option_values = (option_values - $2::text) || jsonb_build_object($3::text, option_values -> $2::text)
  WHERE group_id = $1::uuid AND option_values ? $2::text`;
const RENAMED_VALUE = `UPDATE products SET option_values = option_values || jsonb_build_object($2::text, $4::text)
  WHERE group_id = $1::uuid AND option_values ->> $2::text = $3::text`;

/** Renames an axis in the products of a group, deleted ones as well. */
export async function renameAxis(tx: TxContext, groupId: string, axis: string, to: string): Promise<void> {
  await queryAll(tx, { text: RENAMED_AXIS, values: [groupId, axis, to] });
}

/** Renames a value of an axis in the products of a group, deleted ones as well. */
export async function renameValue(tx: TxContext, groupId: string, axis: string, value: string, to: string): Promise<void> {
  await queryAll(tx, { text: RENAMED_VALUE, values: [groupId, axis, value, to] });
}

/** Lets a unit of work change the options of a group before its products. */
export async function deferOptionsGuard(tx: TxContext): Promise<void> {
  await queryAll(tx, { text: 'SET CONSTRAINTS product_groups_options_guard DEFERRED', values: [] });
}

/** Checks what was deferred, so that a problem is this request's. */
export async function enforceOptionsGuard(tx: TxContext): Promise<void> {
  await queryAll(tx, { text: 'SET CONSTRAINTS product_groups_options_guard IMMEDIATE', values: [] });
}
