import type { Model, ModelStatic } from 'sequelize';
import { Utils } from 'sequelize';
import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import { columnOf, tableOf } from '../../definition/columns';
import type { LockedWrite } from '../../write/pending-write';

/** The changes of one row by column: values, and the columns that SQL computes. */
interface RowChange {
  readonly id: string;
  readonly given: Readonly<Record<string, unknown>>;
  readonly computed: readonly string[];
}

/**
 * Writes the changes of locked rows, each its own, in one statement; leaves out the rows whose values stay the same. Sequelize has no
 * update of many rows with values of their own.
 */
export async function updateRows(tx: TxContext, model: ModelStatic<Model>, writes: readonly LockedWrite[]): Promise<void> {
  const expressions = new Map<string, string>();
  const changes = writes.map((write) => changeOf(model, write, expressions)).filter(isChange);
  if (changes.length === 0) return;
  const columns = [...new Set(changes.flatMap(({ given, computed }) => [...Object.keys(given), ...computed]))].sort();
  await queryAll(tx, { text: updateText(tableOf(model), columns, expressions), values: [JSON.stringify(changes)] });
}

/*
 * c: each row's changes as JSON. PostgreSQL converts the values by the types of the table's own columns; a column that a row's changes
 * leave out keeps its value.
 */
function updateText(table: string, columns: readonly string[], expressions: ReadonlyMap<string, string>): string {
  const assignments = columns.map((name) => {
    const expression = expressions.get(name);
    const computed = expression === undefined ? '' : ` WHEN c.computed ? '${name}' THEN ${expression}`;
    return `"${name}" = CASE WHEN c.given ? '${name}' THEN r."${name}"${computed} ELSE t."${name}" END`;
  });
  return `UPDATE ${table} t SET ${assignments.join(', ')}
    FROM jsonb_to_recordset($1::jsonb) AS c (id uuid, given jsonb, computed jsonb), LATERAL jsonb_populate_record(NULL::${table}, c.given) r
    WHERE t.id = c.id`;
}

/* Sequelize tells which attributes change, as in a single write. */
function changeOf(model: ModelStatic<Model>, { id, row, values }: LockedWrite, expressions: Map<string, string>): RowChange {
  row.set({ ...values });
  const changed = (row.changed() || []).map((name) => [columnOf(model, name), row.get(name)] as const);
  const computed = changed.filter(([, value]) => value instanceof Utils.Literal);
  for (const [name, value] of computed) expressions.set(name, String((value as { val?: unknown }).val));
  const given = Object.fromEntries(changed.filter(([, value]) => !(value instanceof Utils.Literal)));
  return { id, given, computed: computed.map(([name]) => name) };
}

function isChange({ given, computed }: RowChange): boolean {
  return Object.keys(given).length + computed.length > 0;
}
