import type { EventSource } from '../events/definition/event-source';
import { eventSourceOfRows } from '../resource/definition/event-source';
import { field } from '../resource/definition/field';
import { Repair } from './invariants/repair.model';

const repairFields = {
  id: field.id(),
  invariant: field.text({ max: 64, description: 'The invariant.', example: 'stock-is-its-ledger' }),
  reason: field.text({ max: 500, description: 'The reason.', example: 'Restored from a dump' }),
  rowsMended: field.integer({ min: 0, max: 2_147_483_647, description: 'How many rows were mended.' }),
};

/** The events of operations. */
export const operationsEvents: readonly EventSource[] = [
  eventSourceOfRows({ type: 'repairs', permission: 'invariants:read', model: () => Repair, fields: repairFields }),
];
