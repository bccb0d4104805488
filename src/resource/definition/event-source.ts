import { Decimal } from 'decimal.js';
import type { Model, ModelStatic } from 'sequelize';
import type { Permission } from '../../context/permission';
import { privateColumns } from '../../database/column-privacy';
import type { EventField, EventSource } from '../../events/definition/event-source';
import { columnOf } from './columns';
import type { Field, Fields } from './field';
import type { Resource } from './resource';

/** The rows of a table that belong to objects, such as the tags of products; they have events, and no endpoints of their own. */
interface OwnedRows {
  readonly type: string;
  /** The permission to read what they belong to. */
  readonly permission: Permission;
  readonly model: () => ModelStatic<Model>;
  readonly fields: Fields;
}

/** Returns the source of a resource's events, for whoever holds the permission: `<resource>:read`, unless it says otherwise. */
export function eventSourceOf({ name, model, fields, events = {} }: Resource, permission: Permission = `${name}:read`): EventSource {
  return { ...eventSourceOfRows({ type: name, permission, model, fields }), rules: events };
}

/** Returns the source of the events of rows that belong to objects. */
export function eventSourceOfRows({ type, permission, model, fields }: OwnedRows): EventSource {
  let shown: ReadonlyMap<string, EventField> | undefined;
  return {
    type,
    permission,
    rules: {},
    table: () => String(model().tableName),
    isSoftDeleted: 'deletedAt' in fields,
    fields: () => {
      shown ??= shownFields(model(), fields);
      return shown;
    },
  };
}

function shownFields(model: ModelStatic<Model>, fields: Fields): ReadonlyMap<string, EventField> {
  const hidden = privateColumns(model);
  return new Map(
    withColumns(model, fields).map(([name, field]) => {
      const column = columnOf(model, name);
      return [column, { name, isHidden: hidden.has(column), render: (value) => rendered(field, value) }];
    }),
  );
}

/* A change of the log has columns only; other fields are made by an expression, such as the variants of an image. */
function withColumns({ rawAttributes }: ModelStatic<Model>, fields: Fields): [string, Field][] {
  return Object.entries(fields).filter(([name]) => name in rawAttributes);
}

/* The log has numbers where the API writes decimal text, or text for the sake of their zeros, and times as PostgreSQL writes them. */
function rendered({ kind }: Field, value: unknown): unknown {
  if (value === null) return null;
  if (kind === 'money') return amountOf(String(value));
  if (kind === 'decimal') return Number(value);
  return kind === 'timestamp' ? new Date(String(value)).toISOString() : value;
}

/* As many decimals as are written, and two at least: a number has lost the zeros at its end. */
function amountOf(value: string): string {
  const [, decimals = ''] = value.split('.');
  return new Decimal(value).toFixed(Math.max(2, decimals.length));
}
