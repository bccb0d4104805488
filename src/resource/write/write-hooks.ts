import type { TxContext } from '../../context/context';
import type { AdvisoryLock } from '../../database/locks';
import type { Resource } from '../definition/resource';
import type { LockedWrite, NewWrite, PendingWrite } from './pending-write';

type Outcome = Promise<void> | void;

/**
 * What a domain adds to the writes of a resource; each hook runs in the unit of work, once for all writes of a request, however many: so it
 * takes a number of statements that does not grow with them. It completes `values` or refuses a write, and never gets a refused one.
 * What must not happen for a write that a later check refuses belongs in `afterWrite`.
 */
export interface WriteHooks {
  /** Completes the values of new objects. */
  beforeCreate?(tx: TxContext, writes: readonly NewWrite[]): Outcome;
  /** Refuses what the actor may not change, delete or restore; runs before `If-Match` is compared (RFC 9110, 13.2.1). */
  authorize?(tx: TxContext, writes: readonly LockedWrite[]): Outcome;
  /** Completes the changes of locked objects. */
  beforeChange?(tx: TxContext, writes: readonly LockedWrite[]): Outcome;
  /** May delete or move what hangs on the objects; `given` has the options that the resource declares for a deletion. */
  beforeDelete?(tx: TxContext, writes: readonly LockedWrite[]): Outcome;
  beforeRestore?(tx: TxContext, writes: readonly LockedWrite[]): Outcome;
  /** Runs after every write, before the commit. */
  afterWrite?(tx: TxContext, writes: readonly PendingWrite[]): Outcome;
  /**
   * Locks what comes before the rows of these ids in the order of locks, such as the product of a review, by references that never change;
   * runs before each write but a creation.
   */
  lockBefore?(tx: TxContext, ids: readonly string[]): Promise<void>;
  /** Returns the resources, often `managed` itself, whose objects are deleted and restored along with these (`rows/take-along.ts`). */
  takesAlong?(managed: ManagedResource): readonly TakenAlong[];
  /** The lock that every write takes before the rows' (`database/locks.ts`). */
  readonly lockFirst?: AdvisoryLock;
  /** Fields with the id of a row that `refuseUnknown` locks, so that it is waited for in the process. */
  readonly lockedReferences?: readonly string[];
}

/**
 * Objects that are deleted along with their owners. Their table has the column `deleted_with`, which keeps the id of the owner, so that its
 * restoration brings back exactly these. Their hooks have their say, and an object that one of them keeps keeps its owner.
 */
export interface TakenAlong {
  readonly managed: ManagedResource;
  /** Returns the live objects, of every level, that the deletion of these takes along; a refusal names the first ones. */
  find(tx: TxContext, owners: readonly LockedWrite[]): Promise<readonly TakenObject[]>;
}

/** An object that goes along, and its owner. */
export interface TakenObject {
  readonly id: string;
  readonly ownerId: string;
}

/** A resource with the hooks of its writes. */
export interface ManagedResource {
  readonly resource: Resource;
  readonly hooks: WriteHooks;
}
