import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import { lockName } from '../../database/locks';
import type { Conditions } from '../../http/endpoint';
import type { Reply } from '../../http/output/reply';
import { idTaken, invalidBody, preconditionFailed } from '../../problems/common-problems';
import type { Field } from '../definition/field';
import type { Resource, Values } from '../definition/resource';
import { doorViolation, isEditable } from '../definition/schemas';
import { readObject, replyWith } from '../read/read-one';
import { createObject } from './create-object';
import { findRow, lockBeforeRows, lockRow, requireAuthorized, requireEdition, requireNoVersion, requireVersion } from './lock-row';
import { mergedValues } from './merge-patch';
import { PendingWrite, requireAccepted } from './pending-write';
import { changeRows } from './rows/change-rows';
import type { ManagedResource } from './write-hooks';

/** Applies a JSON Merge Patch and returns the reply with the object; throws `not_found` (404), `precondition_failed` (412). */
export async function patchObject(
  tx: TxContext,
  managed: ManagedResource,
  id: string,
  patch: Values,
  { ifMatch }: Conditions,
): Promise<Reply> {
  const { resource } = managed;
  await lockBeforeRows(tx, managed, [id]);
  const row = await lockRow(tx, resource, id);
  await requireAuthorized(tx, managed, row, 'update');
  requireVersion(resource, row, ifMatch);
  const { version, ...changes } = patch;
  if (version !== undefined) requireEdition(row, Number(version));
  return change(tx, managed, row, mergedValues(resource, row, changes));
}

/**
 * Replaces the editable representation, or creates the object under this id, and returns the reply with it; throws `id_taken` (409) where
 * a deleted object has the id, `precondition_failed` (412).
 */
export async function putObject(
  tx: TxContext,
  managed: ManagedResource,
  id: string,
  values: Values,
  conditions: Conditions,
): Promise<Reply> {
  const { resource } = managed;
  await lockBeforeRows(tx, managed, [id]);
  await lockName(tx, id);
  const row = await findRow(tx, resource, id, 'without');
  if (!row) {
    if (conditions.ifMatch !== undefined) throw preconditionFailed.because('No object has this id, so If-Match cannot match.');
    await requireUnusedId(tx, resource, id);
    return createObject(tx, managed, { ...values, id });
  }
  await requireAuthorized(tx, managed, row, 'update');
  requireNoVersion(row, conditions.ifNoneMatch);
  requireVersion(resource, row, conditions.ifMatch);
  requireNoneOfCreation(resource, values);
  return change(tx, managed, row, replaced(resource, values));
}

async function change(tx: TxContext, managed: ManagedResource, row: Model, changes: Values): Promise<Reply> {
  const { resource } = managed;
  const write = new PendingWrite('update', String(row.get('id')), row, changes);
  await changeRows(tx, managed, [write], async () => {
    await row.set({ ...write.values }).save({ transaction: tx.transaction });
  });
  requireAccepted(write);
  return replyWith(await readObject(tx, resource, write.id));
}

/* The schema of a replacement is that of a creation, because PUT may be either. */
function requireNoneOfCreation({ fields }: Resource, values: Values): void {
  const errors = Object.entries(fields)
    .filter(([name, { write }]) => (write === 'create' || write === 'fixed') && values[name] !== undefined)
    .map(([name, field]) => doorViolation(name, field));
  if (errors.length > 0) throw invalidBody.because(errors.map(({ message }) => message).join('; '), { errors });
}

/* A field that the replacement leaves out gets its default, or null; the order among siblings stays. */
function replaced({ fields }: Resource, values: Values): Values {
  const isReplaced = ([name, field]: [string, Field]) =>
    isEditable(field) && field.write !== 'change' && !(field.isPosition && values[name] === undefined);
  const editable = Object.entries(fields).filter(isReplaced);
  return Object.fromEntries(editable.map(([name, field]) => [name, values[name] ?? field.default ?? null]));
}

async function requireUnusedId(tx: TxContext, resource: Resource, id: string): Promise<void> {
  if (await findRow(tx, resource, id, 'with'))
    throw idTaken.because(`A deleted ${resource.one} has this id: restore it, or choose another id.`);
}
