import type { Model } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { queryAll, queryOne } from '../../../database/sql/statement';
import { inUse } from '../../../problems/common-problems';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';

interface Reference {
  readonly table: string;
  readonly column: string;
}

/* Foreign keys that neither go with the row nor let go of it. */
const KEEPING = `SELECT conrelid::regclass::text AS "table", attname::text AS "column"
  FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
  WHERE contype = 'f' AND confrelid = $1::regclass AND confdeltype IN ('a', 'r') AND conparentid = 0 ORDER BY 1, 2`;
/* More are not counted one by one. */
const MAX_COUNT = 1_000;

/** Throws `in_use` (409) where rows refer to the object that would outlive it, and names them by kind and number. */
export async function requireUnreferenced(tx: TxContext, { one, model }: Resource, row: Model): Promise<void> {
  const references = await queryAll<Reference & Record<string, unknown>>(tx, { text: KEEPING, values: [tableOf(model())] });
  if (references.length === 0) return;
  const counts = references.map(
    ({ table, column }, at) =>
      `(SELECT count(*) FROM (SELECT FROM ${table} WHERE "${column}" = $1::uuid LIMIT ${MAX_COUNT + 1}) r) AS c${at}`,
  );
  const found = await queryOne<Record<string, string>>(tx, { text: `SELECT ${counts.join(', ')}`, values: [row.get('id')] });
  const kinds = references
    .map(({ table }, at) => ({ name: table.replaceAll('_', ' '), count: Number(found?.[`c${at}`] ?? 0) }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${name}: ${count > MAX_COUNT ? `more than ${MAX_COUNT}` : count}`);
  if (kinds.length === 0) return;
  const advice = isDeleted(row)
    ? 'It is deleted and hidden already, and they stay whole.'
    : 'Delete it without force=true: it is hidden then, and they stay whole.';
  throw inUse.because(`The ${one} cannot be purged, because others refer to it (${kinds.join(', ')}). ${advice}`);
}

/* The rows of a resource without soft deletion have no such attribute. */
function isDeleted(row: Model): boolean {
  return Boolean(row.get('deletedAt'));
}
