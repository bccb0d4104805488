import type { Model, ModelStatic } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { columnOf, tableOf } from '../../definition/columns';
import type { LockedWrite } from '../../write/pending-write';

/*
 * given: each row's changes as JSON, by column. PostgreSQL converts them by the types of the table's own columns; a column that a row's
 * changes leave out keeps its value. Sequelize has no update of many rows with values of their own.
 */
const UPDATE = (table: string, columns: readonly string[]) => `
  UPDATE ${table} t SET ${columns.map((name) => `"${name}" = CASE WHEN g.changes ? '${name}' THEN r."${name}" ELSE t."${name}" END`).join(', ')}
  FROM jsonb_array_elements($1::jsonb) AS g (changes), LATERAL jsonb_populate_record(NULL::${table}, g.changes) r
  WHERE t.id = (g.changes ->> 'id')::uuid`;

/** Writes the changes of locked rows, each its own, in one statement; leaves out the rows whose values stay the same. */
export async function updateRows(tx: TxContext, model: ModelStatic<Model>, writes: readonly LockedWrite[]): Promise<void> {
  const changed = writes.map((write) => changesOf(model, write)).filter((changes) => Object.keys(changes).length > 1);
  if (changed.length === 0) return;
  const columns = [...new Set(changed.flatMap((changes) => Object.keys(changes)))].filter((name) => name !== 'id').sort();
  await queryAll(tx, { text: UPDATE(tableOf(model), columns), values: [JSON.stringify(changed)] });
}

/* Sequelize tells which attributes change, as in a single write. */
function changesOf(model: ModelStatic<Model>, { id, row, values }: LockedWrite): Record<string, unknown> {
  row.set({ ...values });
  const names = row.changed() || [];
  return { id, ...Object.fromEntries(names.map((name) => [columnOf(model, name), row.get(name)])) };
}
