import { AUDIT_ACTIONS } from '../database/audit-actions';
import { currency, money, signedMoney } from '../schema/money';
import { flag, integer, jsonObject, list, named, nullable, object, oneOf, text, uuid } from '../schema/schema';
import { MAX_CHANGES } from './changes.queries';

const MAX_INT32 = 2_147_483_647;

/** Returns the schema of what a dry run would have changed. */
export function previewSchema() {
  return named(
    'Preview',
    object({
      changes: list(changeSchema(), 0, MAX_CHANGES).description(
        'Each row that the write would have changed, as the audit log would keep it.',
      ),
      isComplete: flag().description(`Whether these are all changes; false where there are more than ${MAX_CHANGES}.`),
      stock: list(stockMoveSchema(), 0, MAX_CHANGES).description('Each stock that would have moved, from the first change to the last.'),
      balance: list(balanceMoveSchema(), 0, MAX_CHANGES).description('Each balance that would have moved, likewise.'),
      events: list(eventSchema(), 0, 10 * MAX_CHANGES).description('Each event that the feed would have announced.'),
    }).description('What a dry run would have changed. Nothing was changed.'),
  );
}

function changeSchema() {
  return object({
    tableName: text(1, 63, { pattern: /^[a-z_]+$/, rule: 'be the name of a table' }).example('products'),
    recordId: uuid().description('The id of the row.'),
    action: oneOf(...AUDIT_ACTIONS).description('DELETE is a soft delete.'),
    oldValues: nullable(jsonObject(1_000_000)).description(
      'The changed columns before the change; personal ones as a digest, secret ones without their value.',
    ),
    newValues: nullable(jsonObject(1_000_000)).description(
      'The changed columns after the change; personal ones as a digest, secret ones without their value.',
    ),
  });
}

function eventSchema() {
  return object({
    type: text(1, 121, { pattern: /^[a-z-]{1,60}[.][a-z_]{1,60}$/, rule: 'be a type of event' }).example('orders.placed'),
    objectId: uuid().description('The id of the object.'),
  });
}

function stockMoveSchema() {
  return object({
    productId: uuid(),
    before: integer(0, MAX_INT32),
    after: integer(0, MAX_INT32),
    delta: integer(-MAX_INT32, MAX_INT32),
  });
}

function balanceMoveSchema() {
  return object({ userId: uuid(), before: money(), after: money(), delta: signedMoney(), currency: currency() });
}
