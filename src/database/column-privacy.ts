import type { Model, ModelAttributeColumnOptions, ModelStatic } from 'sequelize';

/** What a column holds about a person, or as a secret. Audit log, events, logs and erasure follow from it. */
export type Privacy = 'personal' | 'secret';

type PrivateColumn = ModelAttributeColumnOptions & { readonly privacy?: Privacy };

/** Declares a column that tells of a person: the audit log keeps a digest of its values, audit_personal the values. */
export function personal(column: ModelAttributeColumnOptions): ModelAttributeColumnOptions {
  return { ...column, privacy: 'personal' } as PrivateColumn;
}

/** Declares a column whose values are recorded nowhere: hashes of passwords and tokens, keys. */
export function secret(column: ModelAttributeColumnOptions): ModelAttributeColumnOptions {
  return { ...column, privacy: 'secret' } as PrivateColumn;
}

/** Returns the privacy of each column of a model that has one, by the column's name. */
export function privateColumns(model: ModelStatic<Model>): ReadonlyMap<string, Privacy> {
  const columns = Object.entries<PrivateColumn>(model.getAttributes());
  return new Map(columns.flatMap(([name, { field, privacy }]) => (privacy === undefined ? [] : [[field ?? name, privacy] as const])));
}
