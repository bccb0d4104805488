import type { AuditAction } from '../../database/audit-actions';
import { type Condition, column } from '../../database/sql/binder';
import type { ComparedChange } from './domain-event';

type Scalar = string | number | boolean | null;

/** When a change is an event: its action, and the value of one column before or after it. Data, so that PostgreSQL can filter by it, too. */
export interface EventRule {
  readonly description: string;
  readonly actions: readonly AuditAction[];
  readonly test?: { readonly side: 'old' | 'new'; readonly column: string; readonly value: Scalar };
}

/** Returns the rule of a new row. */
export function isCreated(description: string): EventRule {
  return { description, actions: ['CREATE'] };
}

/** Returns the rule of a column that gets the value, at the row's creation or later. */
export function becomes(name: string, value: Scalar, description: string): EventRule {
  return { description, actions: ['CREATE', 'UPDATE'], test: { side: 'new', column: name, value } };
}

/** Returns the rule of a column that changes to the value from another; a row that is created with it does not count. */
export function changesTo(name: string, value: Scalar, description: string): EventRule {
  return { description, actions: ['UPDATE'], test: { side: 'new', column: name, value } };
}

/** Returns the rule of a column that changes from the value to another. */
export function changesFrom(name: string, value: Scalar, description: string): EventRule {
  return { description, actions: ['UPDATE'], test: { side: 'old', column: name, value } };
}

/** Returns whether a change is an event by the rule. */
export function matches({ actions, test }: EventRule, { action, oldValues, newValues }: ComparedChange): boolean {
  if (!actions.includes(action)) return false;
  if (!test) return true;
  const values = test.side === 'old' ? oldValues : newValues;
  return values !== null && Object.hasOwn(values, test.column) && values[test.column] === test.value;
}

/** Returns the same test as a condition on the row of audit_logs. */
export function ruleCondition({ actions, test }: EventRule): Condition {
  return (alias, bind) => {
    const isAction = `${column(alias, 'action')} = ANY (${bind(actions, 'text[]')})`;
    if (!test) return isAction;
    const values = column(alias, `${test.side}_values`);
    return `${isAction} AND ${values} -> ${bind(test.column, 'text')} = ${bind(JSON.stringify(test.value), 'jsonb')}`;
  };
}
