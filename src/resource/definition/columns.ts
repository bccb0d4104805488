import type { Model, ModelStatic } from 'sequelize';
import { type Condition, column } from '../../database/sql/binder';
import type { Field, Kind } from './field';
import type { Resource } from './resource';

/** The PostgreSQL type that a value of each kind is cast to. */
export const SQL_TYPES: Readonly<Record<Kind, string>> = {
  uuid: 'uuid',
  text: 'text',
  enum: 'text',
  integer: 'bigint',
  decimal: 'numeric',
  money: 'numeric',
  boolean: 'boolean',
  timestamp: 'timestamptz',
  date: 'date',
  json: 'jsonb',
};

/** Returns the quoted table of a model, without a schema: the connection's search path decides that. */
export function tableOf(model: ModelStatic<Model>): string {
  return `"${String(model.tableName)}"`;
}

/** Returns the column of an attribute; throws where the model has none of this name. */
export function columnOf(model: ModelStatic<Model>, name: string): string {
  const attribute = model.rawAttributes[name];
  if (!attribute) throw new Error(`${model.name} has no attribute ${name}, which its resource shows.`);
  return attribute.field ?? name;
}

/** Returns the expression that filters and sorts compare: in lower case where the field is caseless. */
export function comparable(columnName: string, { caseless }: Pick<Field, 'caseless'>): Condition {
  return (alias) => (caseless ? `lower(${column(alias, columnName)})` : column(alias, columnName));
}

/** Returns the expression of a field's JSON value: money as decimal text, times in UTC with milliseconds. */
export function jsonValue(alias: string, columnName: string, field: Field): string {
  return jsonOf(column(alias, columnName), field);
}

/** Returns the expression of the JSON value of another expression, as a field of its kind shows it. */
export function jsonOf(value: string, { kind }: Pick<Field, 'kind'>): string {
  switch (kind) {
    case 'money':
      return `${value}::text`;
    case 'timestamp':
      return `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
    default:
      return value;
  }
}

export type DeletedRows = 'without' | 'with' | 'only';

/** Returns the condition on soft-deleted rows; none where the model is not paranoid. */
export function deletedCondition(model: ModelStatic<Model>, deleted: DeletedRows): readonly Condition[] {
  if (!isParanoid(model) || deleted === 'with') return [];
  const test = deleted === 'only' ? 'IS NOT NULL' : 'IS NULL';
  return [(alias) => `${column(alias, 'deleted_at')} ${test}`];
}

/** Returns whether the model's rows are soft-deleted. */
function isParanoid(model: ModelStatic<Model>): boolean {
  return model.options.paranoid === true;
}

/** Returns whether the resource's objects have a version, and so an ETag. */
export function isVersioned({ fields }: Resource): boolean {
  return 'version' in fields;
}
