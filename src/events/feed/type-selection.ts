import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, equals } from '../../database/sql/binder';
import { forbidden, invalidParameters } from '../../problems/common-problems';
import type { EventCatalogue, EventType } from '../definition/event-catalogue';
import { ruleCondition } from '../definition/event-rule';

/** The types of event that a reader wants and may have. */
export interface TypeSelection {
  has(type: string): boolean;
  /** The condition on rows of audit_logs; null where every row may be an event. */
  readonly condition: Condition | null;
}

/**
 * Returns the types that the patterns name (`orders.paid`, `orders.*`, `*`), or all where there are none; of those that a wildcard names,
 * the ones that the actor may read. Throws `invalid_parameters` (400) for a pattern without a type, `forbidden` (403) for a type that the
 * actor may not read.
 */
export function selectTypes(catalogue: EventCatalogue, { actor }: Pick<Ctx, 'actor'>, patterns: readonly string[] = ['*']): TypeSelection {
  const readable = catalogue.types.filter(({ source }) => holds(actor, source.permission));
  const selected = new Set(patterns.flatMap((pattern) => typesNamed(catalogue, readable, pattern)));
  const names = new Set([...selected].map(({ type }) => type));
  const isComplete = selected.size === catalogue.types.length;
  return { has: (type) => names.has(type), condition: isComplete ? null : conditionOf(catalogue, selected) };
}

function typesNamed({ types }: EventCatalogue, readable: readonly EventType[], pattern: string): readonly EventType[] {
  if (pattern === '*') return readable;
  const named = (all: readonly EventType[]) =>
    pattern.endsWith('.*') ? all.filter(({ source }) => `${source.type}.*` === pattern) : all.filter(({ type }) => type === pattern);
  const [unreadable] = named(types);
  if (!unreadable) throw unknownType(types, pattern);
  const found = named(readable);
  if (found.length === 0)
    throw forbidden.because(`Events of ${unreadable.source.type} take the permission "${unreadable.source.permission}".`);
  return found;
}

function unknownType(types: readonly EventType[], pattern: string) {
  const allowed = types.map(({ type }) => type).join(', ');
  return invalidParameters.because(`No event has the type ${pattern}.`, {
    errors: [{ pointer: 'types', code: 'unknown_type', message: `types must be of: ${allowed}, or all of a resource, such as orders.*` }],
  });
}

/* Without a type, no row: an actor may hold events:read alone. */
function conditionOf({ sources }: EventCatalogue, selected: ReadonlySet<EventType>): Condition {
  return (alias, bind) => {
    const parts = sources.flatMap((source) => {
      const rules = [...selected].filter((type) => type.source === source).map(({ rule }) => `(${ruleCondition(rule)(alias, bind)})`);
      return rules.length === 0 ? [] : [`(${equals('table_name', source.table(), 'text')(alias, bind)} AND (${rules.join(' OR ')}))`];
    });
    return parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`;
  };
}
