import type { AuditAction } from '../../database/audit-actions';
import type { Change, ComparedChange, DomainEvent, FieldChange } from './domain-event';
import { type EventRule, matches } from './event-rule';
import type { EventField, EventSource } from './event-source';

/** A type of event and its rule. */
export interface EventType {
  readonly type: string;
  /** The last part of the type. */
  readonly name: string;
  readonly source: EventSource;
  readonly rule: EventRule;
}

type Columns = Change['oldValues'];

const GENERIC: readonly (readonly [string, AuditAction, string])[] = [
  ['created', 'CREATE', 'An object was created.'],
  ['updated', 'UPDATE', 'An object was changed.'],
  ['deleted', 'DELETE', 'An object was deleted, and can be restored.'],
  ['restored', 'RESTORE', 'A deleted object was restored.'],
  ['purged', 'PURGE', 'An object was removed for good.'],
];
const OF_SOFT_DELETION: readonly AuditAction[] = ['DELETE', 'RESTORE'];

/** Every type of event that the shop knows, from the sources that the resources declare. */
export class EventCatalogue {
  /** Every type: the general ones of each source, then its own. */
  readonly types: readonly EventType[];
  #byTable: ReadonlyMap<string, readonly EventType[]> | undefined;

  constructor(readonly sources: readonly EventSource[]) {
    this.types = sources.flatMap(typesOf);
  }

  /** Returns the types of the events of a change, in the order of the catalogue, as `eventsOf` does. */
  typesOf(change: ComparedChange): readonly EventType[] {
    this.#byTable ??= new Map(this.sources.map((source) => [source.table(), typesOf(source)]));
    return (this.#byTable.get(change.tableName) ?? []).filter(({ rule }) => matches(rule, change));
  }

  /** Returns the events of a change, in the order of the catalogue; none for a table without a source. The models must be registered. */
  eventsOf(change: Change): DomainEvent[] {
    const types = this.typesOf(change);
    const [first] = types;
    if (!first) return [];
    const { recordId, changeSetId, occurredAt, actor } = change;
    const object = { type: first.source.type, id: recordId, version: versionOf(change) };
    const changes = changesOf(first.source.fields(), change);
    return types.map(({ type, name }) => ({ id: `${change.id}-${name}`, type, occurredAt, actor, changeSetId, object, changes }));
  }
}

function typesOf(source: EventSource): EventType[] {
  const general = GENERIC.filter(([, action]) => source.isSoftDeleted || !OF_SOFT_DELETION.includes(action));
  const rules: [string, EventRule][] = general.map(([name, action, description]) => [name, { description, actions: [action] }]);
  return [...rules, ...Object.entries(source.rules)].map(([name, rule]) => ({ type: `${source.type}.${name}`, name, source, rule }));
}

function versionOf({ oldValues, newValues }: Change): number | null {
  const version = newValues?.version ?? oldValues?.version;
  return typeof version === 'number' ? version : null;
}

function changesOf(fields: ReadonlyMap<string, EventField>, { oldValues, newValues }: Change): Record<string, FieldChange> {
  const columns = Object.keys({ ...oldValues, ...newValues });
  return Object.fromEntries(
    columns.flatMap((column) => {
      const field = fields.get(column);
      if (!field || field.isHidden) return [];
      return [[field.name, { from: rendered(field, oldValues, column), to: rendered(field, newValues, column) }]];
    }),
  );
}

function rendered(field: EventField, values: Columns, column: string): unknown {
  const value = values?.[column] ?? null;
  return value === null ? null : field.render(value);
}
