import { Decimal } from 'decimal.js';
import type { AuditAction } from '../database/audit-actions';
import { amountText } from '../schema/currencies';
import { type Change, MAX_CHANGES } from './changes.queries';

type Columns = Readonly<Record<string, unknown>>;

/** A change, as far as its events derive from it. */
export interface RecordedChange {
  readonly tableName: string;
  readonly action: AuditAction;
  readonly oldValues: Columns | null;
  readonly newValues: Columns | null;
}

/** Returns the types of the events that a change makes. */
export type EventTypesOf = (change: RecordedChange) => readonly { readonly type: string }[];

/** Returns a preview as a member of a JSON object: `"preview":{...}`, as `previewSchema` describes it. */
export function previewMember(changes: readonly Change[], eventTypesOf: EventTypesOf): string {
  const listed = changes.slice(0, MAX_CHANGES);
  const parts = [
    `"changes":[${listed.map(changeText).join(',')}]`,
    `"isComplete":${changes.length === listed.length}`,
    `"stock":${JSON.stringify(stockMoves(listed))}`,
    `"balance":${JSON.stringify(balanceMoves(listed))}`,
    `"events":${JSON.stringify(listed.flatMap((change) => events(change, eventTypesOf)))}`,
  ];
  return `"preview":{${parts.join(',')}}`;
}

/* The values are JSON as PostgreSQL writes it. */
function changeText({ table_name, record_id, action, old_values, new_values }: Change): string {
  return `{"tableName":"${table_name}","recordId":"${record_id}","action":"${action}","oldValues":${old_values},"newValues":${new_values}}`;
}

function events({ table_name, record_id, action, old_values, new_values }: Change, eventTypesOf: EventTypesOf): object[] {
  const change = { tableName: table_name, action, oldValues: parsed(old_values), newValues: parsed(new_values) };
  return eventTypesOf(change).map(({ type }) => ({ type, objectId: record_id }));
}

function parsed(values: string | null): Columns | null {
  return values === null ? null : (JSON.parse(values) as Columns);
}

function stockMoves(changes: readonly Change[]): object[] {
  const moves = firstAndLast(changes, ({ stock_before, stock_after }) => stock_before !== null || stock_after !== null);
  return moves.flatMap(([id, first, last]) => {
    const before = first.stock_before ?? 0;
    const after = last.stock_after ?? 0;
    return before === after ? [] : [{ productId: id, before, after, delta: after - before }];
  });
}

function balanceMoves(changes: readonly Change[]): object[] {
  const moves = firstAndLast(changes, ({ balance_before, balance_after }) => balance_before !== null || balance_after !== null);
  return moves.flatMap(([id, first, last]) => {
    const before = new Decimal(first.balance_before ?? 0);
    const after = new Decimal(last.balance_after ?? 0);
    if (before.equals(after)) return [];
    const text = (amount: Decimal) => amountText(String(last.currency), amount);
    return [{ userId: id, before: text(before), after: text(after), delta: text(after.minus(before)), currency: last.currency }];
  });
}

/* A counter may move several times in one unit of work. */
function firstAndLast(
  changes: readonly Change[],
  moves: (change: Change) => boolean,
): readonly (readonly [id: string, first: Change, last: Change])[] {
  const byRecord = new Map<string, { first: Change; last: Change }>();
  for (const change of changes.filter(moves)) {
    byRecord.set(change.record_id, { first: byRecord.get(change.record_id)?.first ?? change, last: change });
  }
  return [...byRecord].map(([id, { first, last }]) => [id, first, last]);
}
