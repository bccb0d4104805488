import type { AuditAction } from '../../database/audit-actions';

type Columns = Readonly<Record<string, unknown>>;

/** An entry of the audit log, as far as events derive from it. */
export interface Change {
  readonly id: string;
  readonly tableName: string;
  readonly recordId: string;
  readonly action: AuditAction;
  /** The changed columns before and after, by the names of the table. */
  readonly oldValues: Columns | null;
  readonly newValues: Columns | null;
  readonly actor: string;
  readonly changeSetId: string;
  /** RFC 3339, in UTC with milliseconds. */
  readonly occurredAt: string;
}

/** What decides of which types the events of a change are. */
export type ComparedChange = Pick<Change, 'tableName' | 'action' | 'oldValues' | 'newValues'>;

/** Something that happened in the shop, as its consumers are told. */
export interface DomainEvent {
  /** Unique, and the same in every reading: the id of the audit entry, a hyphen and the last part of the type. */
  readonly id: string;
  /** `<resource>.<what happened>`, as in `orders.paid`. */
  readonly type: string;
  readonly occurredAt: string;
  /** Who made the change: user:<id>, anonymous, system:<name> or, outside the API, db:<role>. */
  readonly actor: string;
  readonly changeSetId: string;
  /** Its version is null where the resource has none. */
  readonly object: { readonly type: string; readonly id: string; readonly version: number | null };
  /** The changed fields; those that are personal or secret are left out. */
  readonly changes: Readonly<Record<string, FieldChange>>;
}

/** A field before and after; null where there was no value, or no object. */
export interface FieldChange {
  readonly from: unknown;
  readonly to: unknown;
}
