import type { Model, ModelStatic } from 'sequelize';
import { type Condition, column } from '../../database/sql/binder';
import type { Field, Kind } from './field';
import type { Resource } from './resource';

/** The PostgreSQL type a value of this kind is compared as. */
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

/** The quoted table of a model; its schema, if any, is the connection's business. */
export function tableOf(model: ModelStatic<Model>): string {
  return `"${String(model.tableName)}"`;
}

/** The column a field is kept in. */
export function columnOf(model: ModelStatic<Model>, name: string): string {
  const attribute = model.rawAttributes[name];
  if (!attribute) throw new Error(`${model.name} has no attribute ${name}, which its resource shows.`);
  return attribute.field ?? name;
}

/** The value of a column that filters and sorts compare. */
export function comparable(columnName: string, { caseless }: Pick<Field, 'caseless'>): Condition {
  return (alias) => (caseless ? `lower(${column(alias, columnName)})` : column(alias, columnName));
}

/** The JSON a field is read as: money as decimal text, times in UTC with milliseconds. */
export function jsonValue(alias: string, columnName: string, { kind }: Field): string {
  const value = column(alias, columnName);
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

/** Soft-deleted rows are invisible unless asked for. */
export function deletedCondition(model: ModelStatic<Model>, deleted: DeletedRows): readonly Condition[] {
  if (!isParanoid(model) || deleted === 'with') return [];
  const test = deleted === 'only' ? 'IS NOT NULL' : 'IS NULL';
  return [(alias) => `${column(alias, 'deleted_at')} ${test}`];
}

/** Whether rows are soft-deleted. */
export function isParanoid(model: ModelStatic<Model>): boolean {
  return model.options.paranoid === true;
}

/** Whether objects count their versions, and so have an ETag. */
export function isVersioned({ fields }: Resource): boolean {
  return 'version' in fields;
}
