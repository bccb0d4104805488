import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import { lockName } from '../../database/locks';
import type { Conditions } from '../../http/endpoint';
import { requireNoMatch } from '../../http/output/conditional';
import type { Reply } from '../../http/output/reply';
import { idTaken, preconditionFailed } from '../../problems/common-problems';
import { isVersioned } from '../definition/columns';
import type { Resource, Values } from '../definition/resource';
import { readObject, replyWith } from '../read/read-one';
import { createObject } from './create-object';
import { findRow, lockRow, requireVersion } from './lock-row';
import { mergePatch } from './merge-patch';
import type { ManagedResource } from './write-hooks';

/** Applies a JSON Merge Patch to an object and answers it; honours `If-Match`. */
export async function patchObject(
  tx: TxContext,
  managed: ManagedResource,
  id: string,
  patch: Values,
  { ifMatch }: Conditions,
): Promise<Reply> {
  const { resource, hooks } = managed;
  await hooks.lockFirst?.(tx);
  const row = await lockRow(tx, resource, id);
  requireVersion(resource, row, ifMatch);
  return change(tx, managed, row, merged(resource, row, patch));
}

/** Replaces the whole editable representation, or makes the object under this id; honours `If-Match` and `If-None-Match`. */
export async function putObject(
  tx: TxContext,
  managed: ManagedResource,
  id: string,
  values: Values,
  conditions: Conditions,
): Promise<Reply> {
  const { resource, hooks } = managed;
  await hooks.lockFirst?.(tx);
  await lockName(tx, id);
  const row = await findRow(tx, resource, id, 'without');
  if (!row) {
    if (conditions.ifMatch !== undefined) throw preconditionFailed.because('There is no such object to match.');
    await refuseDeletedTwin(tx, resource, id);
    return createObject(tx, managed, { ...values, id });
  }
  requireNoMatch(conditions.ifNoneMatch, isVersioned(resource) ? Number(row.get('version')) : 0);
  requireVersion(resource, row, conditions.ifMatch);
  return change(tx, managed, row, replaced(resource, values));
}

async function change(tx: TxContext, { resource, hooks }: ManagedResource, row: Model, changes: Values): Promise<Reply> {
  const { beforeChange, afterWrite } = hooks;
  const completed = (await beforeChange?.(tx, row, changes)) ?? changes;
  row.set({ ...completed });
  await row.save({ transaction: tx.transaction });
  await afterWrite?.(tx, row);
  return replyWith(resource, await readObject(tx, resource, String(row.get('id'))));
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
