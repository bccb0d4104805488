import type { Model } from 'sequelize';
import { lockName } from '../../database/locks';
import type { TxContext } from '../../context/context';
import type { Conditions } from '../../http/endpoint';
import { demandMatch, demandNoMatch } from '../../http/output/conditional';
import { created, noContent, type Reply } from '../../http/output/reply';
import { demand } from '../../context/permission';
import { idTaken, notDeleted, preconditionFailed } from '../../problems/common-problems';
import { readObject, replyWith, tagOf } from '../read/read-one';
import type { Resource, Values } from '../definition/resource';
import { isVersioned } from '../definition/columns';
import { findRow, lockRow } from './lock-row';
import { mergePatch } from './merge-patch';

/** Makes an object and answers it (201). */
export async function createObject(tx: TxContext, resource: Resource, values: Values): Promise<Reply> {
  await resource.steps.lockFirst?.(tx);
  const { beforeCreate, afterWrite } = resource.steps;
  const completed = (await beforeCreate?.(tx, values)) ?? values;
  const row = await resource.model().create({ ...completed }, { transaction: tx.transaction });
  await afterWrite?.(tx, row);
  const id = String(row.get('id'));
  const found = await readObject(tx, resource, id);
  return created(`${resource.prefix}/${id}`, found.text, tagOf(resource, found));
}

/** Applies a JSON Merge Patch to an object and answers it; honours `If-Match`. */
export async function patchObject(tx: TxContext, resource: Resource, id: string, patch: Values, { ifMatch }: Conditions): Promise<Reply> {
  await resource.steps.lockFirst?.(tx);
  const row = await lockRow(tx, resource, id);
  demandVersion(resource, row, ifMatch);
  return change(tx, resource, row, merged(resource, row, patch));
}

/** Replaces the whole editable representation, or makes the object under this id; honours `If-Match` and `If-None-Match`. */
export async function putObject(tx: TxContext, resource: Resource, id: string, values: Values, conditions: Conditions): Promise<Reply> {
  await resource.steps.lockFirst?.(tx);
  await lockName(tx, id);
  const row = await findRow(tx, resource, id, 'without');
  if (!row) {
    if (conditions.ifMatch !== undefined) throw preconditionFailed.because('There is no such object to match.');
    await refuseDeletedTwin(tx, resource, id);
    return createObject(tx, resource, { ...values, id });
  }
  demandNoMatch(conditions.ifNoneMatch, isVersioned(resource) ? Number(row.get('version')) : 0);
  demandVersion(resource, row, conditions.ifMatch);
  return change(tx, resource, row, replaced(resource, values));
}

/** Soft-deletes an object (purges it, with `force`); honours `If-Match`. */
export async function deleteObject(tx: TxContext, resource: Resource, id: string, force: boolean, { ifMatch }: Conditions): Promise<Reply> {
  if (force) demand(tx, `${resource.name}:purge`);
  await resource.steps.lockFirst?.(tx);
  const row = await lockRow(tx, resource, id, force ? 'with' : 'without');
  demandVersion(resource, row, ifMatch);
  await resource.steps.beforeDelete?.(tx, row);
  await row.destroy({ force, transaction: tx.transaction });
  await resource.steps.afterWrite?.(tx, row);
  return noContent();
}

/** Brings a soft-deleted object back; throws `not_deleted` (409) or `value_taken` (409). */
export async function restoreObject(tx: TxContext, resource: Resource, id: string): Promise<Reply> {
  await resource.steps.lockFirst?.(tx);
  const row = await lockRow(tx, resource, id, 'with');
  if (row.get('deletedAt') === null) throw notDeleted.because(`The ${resource.one} is not deleted.`);
  await resource.steps.beforeRestore?.(tx, row);
  await row.restore({ transaction: tx.transaction });
  await resource.steps.afterWrite?.(tx, row);
  return replyWith(resource, await readObject(tx, resource, id));
}

async function change(tx: TxContext, resource: Resource, row: Model, changes: Values): Promise<Reply> {
  const { beforeChange, afterWrite } = resource.steps;
  const completed = (await beforeChange?.(tx, row, changes)) ?? changes;
  row.set({ ...completed });
  await row.save({ transaction: tx.transaction });
  await afterWrite?.(tx, row);
  return replyWith(resource, await readObject(tx, resource, String(row.get('id'))));
}

function demandVersion(resource: Resource, row: Model, ifMatch: string | undefined): void {
  if (isVersioned(resource)) demandMatch(ifMatch, Number(row.get('version')));
}

/* JSON members merge deeply; a new object is set, since a changed one would not be noticed. */
function merged({ fields }: Resource, row: Model, patch: Values): Values {
  return Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      name,
      fields[name]?.kind === 'json' && value !== null ? mergePatch(row.get(name), value) : value,
    ]),
  );
}

/* What a replacement leaves out goes back to its default, or to nothing. */
function replaced({ fields }: Resource, values: Values): Values {
  const editable = Object.entries(fields).filter(([, { write }]) => write === 'required' || write === 'optional');
  return Object.fromEntries(editable.map(([name, field]) => [name, values[name] ?? field.default ?? null]));
}

async function refuseDeletedTwin(tx: TxContext, resource: Resource, id: string): Promise<void> {
  if (await findRow(tx, resource, id, 'with'))
    throw idTaken.because(`A deleted ${resource.one} has this id; restore it, or take another id.`);
}
