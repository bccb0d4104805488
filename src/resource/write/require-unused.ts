import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import { Binder, type Condition, where } from '../../database/sql/binder';
import { queryOne } from '../../database/sql/statement';
import { valueTaken } from '../../problems/common-problems';
import { columnOf, comparable, deletedCondition, SQL_TYPES, tableOf } from '../definition/columns';
import type { Field } from '../definition/field';
import type { Resource, Values } from '../definition/resource';

/**
 * Throws `value_taken` (409) that names every unique field whose value another object has. The unique indexes decide in the end, but
 * PostgreSQL reports only the first. `row` is the object as it stands, null for a new one.
 */
export async function requireUnused(tx: TxContext, resource: Resource, values: Values, row: Model | null = null): Promise<void> {
  const given = Object.entries(resource.fields).filter(
    ([name, { unique }]) => unique && (values[name] ?? null) !== null && values[name] !== row?.get(name),
  );
  if (given.length === 0) return;
  const taken = await takenOf(tx, resource, given, values, row);
  if (taken.length === 0) return;
  const errors = taken.map((name) => ({ pointer: `/${name}`, code: 'taken', message: `${name} is taken` }));
  throw valueTaken.because(`Another object already has this ${taken.join(', another has this ')}.`, { errors });
}

async function takenOf(
  tx: TxContext,
  resource: Resource,
  fields: readonly (readonly [name: string, field: Field])[],
  values: Values,
  row: Model | null,
): Promise<string[]> {
  const { bind, values: parameters } = new Binder();
  const model = resource.model();
  const members = fields.map(([name, field]) => {
    const isSame: Condition = (t) => {
      const value = bind(values[name], SQL_TYPES[field.kind]);
      return `${comparable(columnOf(model, name), field)(t, bind)} = ${field.caseless ? `lower(${value})` : value}`;
    };
    const isOther: Condition = (t) => `${t}.id IS DISTINCT FROM ${bind(row?.get('id') ?? null, 'uuid')}`;
    const others = where([...deletedCondition(model, 'without'), isSame, isOther], 't', bind);
    return `EXISTS (SELECT 1 FROM ${tableOf(model)} t${others}) AS "${name}"`;
  });
  const found = await queryOne<Record<string, boolean>>(tx, { text: `SELECT ${members.join(', ')}`, values: parameters });
  return fields.map(([name]) => name).filter((name) => found?.[name]);
}
