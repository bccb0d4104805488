import { type Condition, column, where } from '../../database/sql/binder';
import { columnOf, tableOf } from '../definition/columns';
import type { Resource } from '../definition/resource';
import type { ListQuery } from '../query/list-query';
import { precedence } from '../query/order/precedence';
import type { SortKey } from '../query/order/sort';
import type { Representation } from '../query/representation';

/** Returns whether a query asks for one row per group. */
export function isCollapsed({ collapse }: Resource, query: ListQuery): boolean {
  return collapse !== undefined && query[collapse.parameter] === true;
}

/**
 * Returns the condition that a row has no group, or is the first of its group among the rows of the list, in its order. The index on the
 * group finds the others of a row, so a page still walks the index of its order; an anti-join would read every group first.
 */
export function firstOfGroup(resource: Resource, conditions: readonly Condition[], keys: readonly SortKey[]): Condition {
  const model = resource.model();
  const group = columnOf(model, resource.collapse?.field ?? 'id');
  return (t, bind) => {
    const isSame: Condition = (other) => `${column(other, group)} = ${column(t, group)}`;
    const isEarlier: Condition = (other) => precedence(keys, other, t, bind);
    const earlier = `SELECT 1 FROM ${tableOf(model)} sibling${where([isSame, ...conditions, isEarlier], 'sibling', bind)}`;
    return `(${column(t, group)} IS NULL OR NOT EXISTS (${earlier}))`;
  };
}

/** Returns the representation of a list with the group of each row. */
export function withGroup({ collapse }: Resource, representation: Representation): Representation {
  const include = new Set([...representation.include, ...(collapse ? [collapse.include] : [])]);
  return { ...representation, include: [...include] };
}
