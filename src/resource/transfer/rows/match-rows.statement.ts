import type { Ctx } from '../../../context/context';
import { Binder, column, where } from '../../../database/sql/binder';
import type { Statement } from '../../../database/sql/statement';
import { columnOf, comparable, deletedCondition, tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import { type Column, transferOf } from '../columns';
import { cell } from '../export/export-statement';

/** The object of a row, as it stands. */
export interface MatchedRow {
  /** The index of the row's key. */
  readonly position: number;
  readonly id: string;
  /** The values of the columns, as a JSON object. */
  readonly body: string;
}

/** Returns the statement that finds and locks the objects of keys, in the order of their ids. */
export function matchStatement(ctx: Ctx, resource: Resource, keys: readonly string[], columns: readonly Column[]): Statement {
  const model = resource.model();
  const { key } = transferOf(resource);
  const field = resource.fields[key] as Resource['fields'][string];
  const { bind, values } = new Binder();
  const given = bind(keys, 'text[]');
  const members = columns.map((each) => `${cell(ctx, resource, each, 't', bind)} AS "${each.name}"`);
  const isSame = `${comparable(columnOf(model, key), field)('t', bind)} = ${field.caseless ? 'lower(k.key)' : 'k.key'}`;
  const visible = [...deletedCondition(model, 'without'), ...(resource.scope?.(ctx) ?? [])];
  const text = `SELECT k.position::int - 1 AS position, t.id, (SELECT row_to_json(o) FROM (SELECT ${members.join(', ')}) o)::text AS body
    FROM unnest(${given}) WITH ORDINALITY AS k (key, position) JOIN ${tableOf(model)} t ON ${isSame}${where(visible, 't', bind)}
    ORDER BY ${column('t', 'id')} FOR NO KEY UPDATE OF t`;
  return { text, values };
}
