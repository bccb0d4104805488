import type { Ctx } from '../../../../context/context';
import { Binder, column, where } from '../../../../database/sql/binder';
import type { Statement } from '../../../../database/sql/statement';
import { columnOf, comparable, deletedCondition, tableOf } from '../../../definition/columns';
import type { Resource } from '../../../definition/resource';
import { type Column, transferOf } from '../../columns';
import { cell } from '../../export/export-statement';

/** The object of a row, as it stands. */
export interface MatchedRow {
  /** The index of the row's key. */
  readonly position: number;
  readonly id: string;
  /** The values of the columns, as a JSON object. */
  readonly body: string;
}

/**
 * Returns the statement that finds and locks the objects of keys, in the order of their ids. A sub-select with LIMIT is a probe of the index
 * for each key: as a join, a plan that was made while the table was small would read the whole table for as long as the connection keeps it.
 *
 * found: the id of each key's object.
 * t: the object, locked; nothing where another transaction has just taken the key away from it.
 */
export function matchStatement(ctx: Ctx, resource: Resource, keys: readonly string[], columns: readonly Column[]): Statement {
  const model = resource.model();
  const { key } = transferOf(resource);
  const field = resource.fields[key] as Resource['fields'][string];
  const { bind, values } = new Binder();
  const given = bind(keys, 'text[]');
  const members = columns.map((each) => `${cell(ctx, resource, each, 't', bind)} AS "${each.name}"`);
  const isSame = (other: string) => (alias: string) =>
    `${comparable(columnOf(model, key), field)(alias, bind)} = ${field.caseless ? `lower(${other})` : other}`;
  const visible = [...deletedCondition(model, 'without'), ...(resource.scope?.(ctx) ?? [])];
  const isFound = (alias: string) => `${column(alias, 'id')} = found.id`;
  const text = `SELECT found.position, t.id, t.body
    FROM (
      SELECT k.key, k.position::int - 1 AS position,
        (SELECT t.id FROM ${tableOf(model)} t${where([...visible, isSame('k.key')], 't', bind)} LIMIT 1) AS id
      FROM unnest(${given}) WITH ORDINALITY AS k (key, position) ORDER BY id
    ) found, LATERAL (
      SELECT t.id, (SELECT row_to_json(o) FROM (SELECT ${members.join(', ')}) o)::text AS body
      FROM ${tableOf(model)} t${where([isFound, ...visible, isSame('found.key')], 't', bind)} LIMIT 1 FOR NO KEY UPDATE OF t
    ) t`;
  return { text, values };
}
