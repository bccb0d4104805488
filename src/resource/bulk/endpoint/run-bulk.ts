import type { TxContext } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { ok, type Reply } from '../../../http/output/reply';
import { invalidBody } from '../../../problems/common-problems';
import { jsonPointer, STRICT, validate } from '../../../schema/validate';
import type { Resource, Values } from '../../definition/resource';
import { creationSchema, patchSchema } from '../../definition/schemas';
import { type LockedRows, lockRows } from '../../write/lock-row';
import type { WriteOperation } from '../../write/pending-write';
import type { ManagedResource } from '../../write/write-hooks';
import type { BulkResult } from '../bulk-result';
import { createMany } from '../create-many';
import { deleteMany, restoreMany } from '../delete-many';
import { updateMany } from '../update-many';
import { idsOf } from '../write/locked-writes';
import { type Outcome, presentOutcomes, requireNone } from './bulk-outcomes';
import type { BulkBody, Operation } from './bulk-schema';

/** An operation whose data is valid, and its index in the request. */
interface Planned extends Operation {
  readonly at: number;
  readonly values: Values;
}

/**
 * Runs the operations of a bulk request, in a number of statements that depends on their kinds only: deletions first, which free unique
 * values, then restorations, updates and creations. Throws `operations_refused` (422) with every operation that fails where it is atomic,
 * `forbidden` (403) where a restoration is not the actor's to make.
 */
export async function runBulk(tx: TxContext, managed: ManagedResource, { atomic, operations }: BulkBody): Promise<Reply> {
  const { resource } = managed;
  if (operations.some(({ op }) => op === 'restore')) requirePermission(tx, `${resource.name}:restore`);
  const outcomes = new Map<number, BulkResult>();
  const planned = operations.flatMap((operation, at) => plan(resource, operation, at, outcomes));
  const rows = await lockRows(tx, managed, idsOfRows(planned));
  for (const [op, write] of KINDS) {
    const items = planned.filter((operation) => operation.op === op);
    if (items.length === 0) continue;
    const results = await write(tx, managed, items, rows);
    for (const [index, { at }] of items.entries()) outcomes.set(at, results[index] as BulkResult);
  }
  const all = operations.map(
    ({ op, id }, at): Outcome => ({
      operation: op,
      id,
      result: outcomes.get(at) as BulkResult,
      pointer: `/operations/${at}/data`,
    }),
  );
  const path = `${resource.prefix}/bulk`;
  if (atomic) requireNone(tx, path, all);
  return ok({ results: presentOutcomes(tx, path, all) });
}

type Write = (tx: TxContext, managed: ManagedResource, items: readonly Planned[], rows: LockedRows) => Promise<BulkResult[]>;

const KINDS: readonly (readonly [WriteOperation, Write])[] = [
  ['delete', (tx, managed, items, rows) => deleteMany(tx, managed, items.map(targetOf), rows)],
  ['restore', (tx, managed, items, rows) => restoreMany(tx, managed, items.map(targetOf), rows)],
  ['update', (tx, managed, items, rows) => updateMany(tx, managed, items.map(updateOf), rows)],
  [
    'create',
    (tx, managed, items) =>
      createMany(
        tx,
        managed,
        items.map(({ id, values }) => ({ ...values, ...(id && { id }) })),
      ),
  ],
];

function targetOf({ id = '', version }: Planned) {
  return { id, version };
}

function updateOf({ id = '', version, values: { version: edited, ...patch } }: Planned) {
  return { id, version: version ?? (edited as number | undefined), patch };
}

/* An operation with invalid data has its outcome already. */
function plan(resource: Resource, operation: Operation, at: number, outcomes: Map<number, BulkResult>): Planned[] {
  const { op, id = '', data } = operation;
  if (data === undefined) return [{ ...operation, at, values: {} }];
  const { value, violations } = validate(op === 'create' ? creationSchema(resource) : patchSchema(resource), data, STRICT, jsonPointer);
  if (violations.length === 0) return [{ ...operation, at, values: value }];
  const detail = violations.map(({ message }) => message).join('; ');
  outcomes.set(at, { id, problem: invalidBody.because(`${detail}.`, { errors: violations }) });
  return [];
}

function idsOfRows(planned: readonly Planned[]): string[] {
  return idsOf(planned.filter(({ op }) => op !== 'create').map(({ id = '' }) => ({ id })));
}
