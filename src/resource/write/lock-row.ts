import { and, literal, type Model, type WhereOptions } from 'sequelize';
import type { TxContext } from '../../context/context';
import { takeAdvisoryLock } from '../../database/locks';
import type { Bind } from '../../database/sql/binder';
import { requireMatch, requireNoMatch, type VersionedObject } from '../../http/output/conditional';
import { preconditionFailed } from '../../problems/common-problems';
import { isVersioned } from '../definition/columns';
import type { Resource, Values } from '../definition/resource';
import { notFoundHere } from '../read/read-one';
import { type LockedWrite, PendingWrite, requireAccepted, type WriteOperation } from './pending-write';
import type { ManagedResource } from './write-hooks';

/** Locked rows by id. */
export type LockedRows = ReadonlyMap<string, Model>;

/**
 * Loads an object and locks its row until the unit of work ends, so that checks stay true; throws `not_found` (404). NO KEY UPDATE,
 * because rows that refer to it may come meanwhile; a purge takes its stronger lock by its DELETE.
 */
export async function lockRow(tx: TxContext, resource: Resource, id: string, deleted: 'without' | 'with' = 'without'): Promise<Model> {
  const row = await findRow(tx, resource, id, deleted);
  if (!row) throw notFoundHere(resource);
  return row;
}

/** Loads and locks an object as `lockRow` does; returns null where there is none. */
export function findRow(tx: TxContext, resource: Resource, id: string, deleted: 'without' | 'with'): Promise<Model | null> {
  const { transaction } = tx;
  const model = resource.model();
  const where = and({ id }, ...scopeOf(tx, resource)) as WhereOptions;
  return model.findOne({ where, paranoid: deleted === 'without', lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
}

/** Takes the locks that come before the rows of these ids. */
export async function lockBeforeRows(tx: TxContext, { hooks }: ManagedResource, ids: readonly string[]): Promise<void> {
  if (hooks.lockFirst) await takeAdvisoryLock(tx, hooks.lockFirst);
  if (ids.length > 0) await hooks.lockBefore?.(tx, ids);
}

/**
 * Returns the live rows of these ids that the actor may see, by id, locked in the order of their ids: against deletion, or as `lockRow` does.
 */
export async function lockVisible(
  tx: TxContext,
  resource: Resource,
  ids: readonly string[],
  strength: 'SHARE' | 'NO_KEY_UPDATE' = 'SHARE',
): Promise<LockedRows> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const { transaction } = tx;
  const where = and({ id: wanted }, ...scopeOf(tx, resource)) as WhereOptions;
  const rows = await resource.model().findAll({ where, order: ['id'], lock: transaction.LOCK[strength], transaction });
  return new Map(rows.map((row) => [String(row.get('id')), row]));
}

/**
 * Returns the rows of these ids that the actor may see, deleted ones included, by id; they are locked as `lockRow` does, in the order of
 * their ids, in one statement. Takes the locks that come before rows.
 */
export async function lockRows(tx: TxContext, managed: ManagedResource, ids: readonly string[]): Promise<LockedRows> {
  const { resource } = managed;
  await lockBeforeRows(tx, managed, ids);
  if (ids.length === 0) return new Map();
  const { transaction } = tx;
  const where = and({ id: [...ids] }, ...scopeOf(tx, resource)) as WhereOptions;
  const rows = await resource.model().findAll({ where, paranoid: false, order: ['id'], lock: transaction.LOCK.NO_KEY_UPDATE, transaction });
  return new Map(rows.map((row) => [String(row.get('id')), row]));
}

/** Throws what refuses the actor this operation on a locked row. */
export async function requireAuthorized(
  tx: TxContext,
  { hooks }: ManagedResource,
  row: Model,
  operation: WriteOperation,
  given: Values = {},
): Promise<LockedWrite> {
  const write = new PendingWrite(operation, String(row.get('id')), row, given);
  await hooks.authorize?.(tx, [write]);
  requireAccepted(write);
  return write;
}

/** Throws `precondition_failed` (412) unless the row is at the version that `If-Match` names. */
export function requireVersion(resource: Resource, row: Model, ifMatch: string | undefined): void {
  if (isVersioned(resource)) requireMatch(ifMatch, versionOf(row));
}

/**
 * Throws `precondition_failed` (412) where the object was edited after the version that a client has. What moves by itself, such as stock,
 * raises the version and is no edit (docs/adr/0006).
 */
export function requireEdition(row: Model, version: number): void {
  const current = Number(row.get('version'));
  const edited = Number(row.get('editedVersion') ?? current);
  if (edited <= version && version <= current) return;
  throw preconditionFailed.because(
    version > current
      ? `The object is at version ${current}, before version ${version}. Read it again, then repeat the change with its version.`
      : `The object was edited after version ${version}, at version ${edited}. Read it again, then repeat the change with its version.`,
  );
}

/** Throws `precondition_failed` (412) where `If-None-Match` names the row's version, or any (`*`). */
export function requireNoVersion(row: Model, ifNoneMatch: string | undefined): void {
  requireNoMatch(ifNoneMatch, versionOf(row));
}

function versionOf(row: Model): VersionedObject {
  return { id: String(row.get('id')), createdAt: row.get('createdAt') as Date, version: Number(row.get('version') ?? 0) };
}

/* A scope is SQL over an alias, here that of Sequelize's SELECT, which takes no parameters: the driver escapes the values. */
function scopeOf(tx: TxContext, resource: Resource) {
  const alias = `"${resource.model().name}"`;
  const inlined: Bind = (value, type) => `${tx.sequelize.escape(value as string)}::${type}`;
  return (resource.scope?.(tx) ?? []).map((condition) => literal(condition(alias, inlined)));
}
