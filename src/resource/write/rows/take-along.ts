import type { TxContext } from '../../../context/context';
import { requirePermission } from '../../../context/permission';
import { queryAll } from '../../../database/sql/statement';
import { tableOf } from '../../definition/columns';
import { lockBeforeRows } from '../lock-row';
import { acceptedOf, type LockedWrite, PendingWrite, withAccepted } from '../pending-write';
import type { ManagedResource, TakenAlong, TakenObject } from '../write-hooks';
import { refuseOwners } from './refuse-owners';

/** The writes of one resource that go along with those of their owners. */
export interface AlongWrites {
  readonly managed: ManagedResource;
  readonly writes: readonly LockedWrite[];
}

/**
 * Returns the writes of what goes along with these deletions or restorations, locked: what each resource of `takesAlong` finds, or what the
 * deletion of the same owner took. Refuses, with `forbidden` (403), owners whose company the actor may not delete or restore.
 */
export async function takeAlong(
  tx: TxContext,
  managed: ManagedResource,
  operation: 'delete' | 'restore',
  writes: readonly LockedWrite[],
): Promise<AlongWrites[]> {
  const owners = acceptedOf(writes);
  if (owners.length === 0) return [];
  const along: AlongWrites[] = [];
  for (const taken of managed.hooks.takesAlong?.(managed) ?? []) {
    const find = operation === 'delete' ? () => taken.find(tx, owners) : () => deletedWith(tx, taken, owners);
    const taking = await lockTaken(tx, taken.managed, operation, owners, find);
    if (taking.length > 0) along.push({ managed: taken.managed, writes: taking });
  }
  return along;
}

/**
 * Runs a check over writes and what goes along with them, and refuses the owners of what it refuses. Writes of one resource are checked as
 * one set, because they may depend on each other.
 */
export async function checkAlong(
  managed: ManagedResource,
  writes: readonly LockedWrite[],
  along: readonly AlongWrites[],
  check: (managed: ManagedResource, set: readonly LockedWrite[]) => Promise<void> | void,
): Promise<void> {
  const isOwn = (other: AlongWrites) => other.managed.resource === managed.resource;
  const own = along.filter(isOwn).flatMap((other) => other.writes);
  await withAccepted([...writes, ...own], (set) => check(managed, set));
  for (const other of along) if (!isOwn(other)) await withAccepted(other.writes, (set) => check(other.managed, set));
  for (const { managed: taken, writes: taking } of along) refuseOwners(taken.resource, taking);
}

/** Soft-deletes what goes along with the owners; the column `deleted_with` keeps whose deletion took it. */
export async function deleteAlong(tx: TxContext, along: readonly AlongWrites[], owners: readonly LockedWrite[]): Promise<void> {
  for (const { managed, going } of goingWith(along, owners)) {
    const text = `UPDATE ${tableOf(managed.resource.model())} t SET deleted_at = clock_timestamp(), deleted_with = o.owner_id
      FROM unnest($1::uuid[], $2::uuid[]) AS o (id, owner_id) WHERE t.id = o.id`;
    await queryAll(tx, { text, values: [going.map(({ id }) => id), going.map(({ owner }) => owner?.id)] });
  }
}

/** Restores what goes along with the owners; the trigger `forget_deletion` clears `deleted_with`. */
export async function restoreAlong(tx: TxContext, along: readonly AlongWrites[], owners: readonly LockedWrite[]): Promise<void> {
  for (const { managed, going } of goingWith(along, owners)) {
    await managed.resource.model().restore({ where: { id: going.map(({ id }) => id) }, transaction: tx.transaction });
  }
}

/** Runs `afterWrite` for what went along with the owners. */
export async function endAlong(tx: TxContext, along: readonly AlongWrites[], owners: readonly LockedWrite[]): Promise<void> {
  for (const { managed, going } of goingWith(along, owners)) await managed.hooks.afterWrite?.(tx, going);
}

function goingWith(along: readonly AlongWrites[], owners: readonly LockedWrite[]) {
  const ids = new Set(owners.map(({ id }) => id));
  return along
    .map(({ managed, writes }) => ({ managed, going: writes.filter(({ owner }) => ids.has(owner?.id ?? '')) }))
    .filter(({ going }) => going.length > 0);
}

function deletedWith(tx: TxContext, { managed }: TakenAlong, owners: readonly LockedWrite[]): Promise<TakenObject[]> {
  const text = `SELECT id::text AS id, deleted_with::text AS "ownerId" FROM ${tableOf(managed.resource.model())}
    WHERE deleted_with = ANY ((SELECT $1::uuid[])::uuid[]) ORDER BY id`;
  return queryAll<TakenObject & Record<string, unknown>>(tx, { text, values: [owners.map(({ id }) => id)] });
}

/* What was found before its rows were locked may have left its owner until they are: so it is found again. */
async function lockTaken(
  tx: TxContext,
  managed: ManagedResource,
  operation: 'delete' | 'restore',
  owners: readonly LockedWrite[],
  find: () => Promise<readonly TakenObject[]>,
): Promise<LockedWrite[]> {
  const ids = (await find()).map(({ id }) => id);
  if (ids.length === 0) return [];
  await lockBeforeRows(tx, managed, ids);
  const { transaction } = tx;
  const lock = transaction.LOCK.NO_KEY_UPDATE;
  const rows = await managed.resource.model().findAll({ where: { id: ids }, paranoid: false, order: ['id'], lock, transaction });
  const locked = new Map(rows.map((row) => [String(row.get('id')), row]));
  const ownerOf = new Map(owners.map((owner) => [owner.id, owner]));
  const writes = (await find()).flatMap(({ id, ownerId }) => {
    const [row, owner] = [locked.get(id), ownerOf.get(ownerId)];
    return row && owner && !ownerOf.has(id) ? [new PendingWrite(operation, id, row, {}, owner)] : [];
  });
  const permission = operation === 'delete' ? 'write' : 'restore';
  for (const { owner } of writes) owner?.check(() => requirePermission(tx, `${managed.resource.name}:${permission}`));
  await withAccepted(writes, (accepted) => managed.hooks.authorize?.(tx, accepted));
  return writes;
}
