import type { Permission } from '../../context/permission';
import type { EventRule } from './event-rule';

/** A field of an object, as events show it. */
export interface EventField {
  readonly name: string;
  /** Whether its values are personal or secret, so that no event shows them. */
  readonly isHidden: boolean;
  /** Returns a value of the audit log as the API writes it. */
  render(value: unknown): unknown;
}

/** What the events of a table's rows are called, who may read them, and what they show. */
export interface EventSource {
  /** The resource's name, plural: the first part of its events' types. */
  readonly type: string;
  readonly permission: Permission;
  /** The events of its own, by the last part of their type. */
  readonly rules: Readonly<Record<string, EventRule>>;
  /** Whether its rows are deleted softly, and can be restored. */
  readonly isSoftDeleted: boolean;
  /** Returns the table's name; the models must be registered. */
  table(): string;
  /** Returns the fields by their column; a column without one is never shown. The models must be registered. */
  fields(): ReadonlyMap<string, EventField>;
}
