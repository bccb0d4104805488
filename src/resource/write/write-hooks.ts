import type { Model } from 'sequelize';
import type { TxContext } from '../../context/context';
import type { AdvisoryLock } from '../../database/locks';
import type { Resource, Values } from '../definition/resource';

/** What a domain adds to the writes of a resource; each hook runs in the unit of work. */
export interface WriteHooks {
  /** Completes the values of a new object. */
  beforeCreate?(tx: TxContext, values: Values): Promise<Values> | Values;
  /** Throws where the actor may not change, delete or restore the locked object; runs before `If-Match` is compared (RFC 9110, 13.2.1). */
  authorize?(tx: TxContext, row: Model): Promise<void> | void;
  /** Completes the changes of a locked object. */
  beforeChange?(tx: TxContext, row: Model, changes: Values): Promise<Values> | Values;
  beforeDelete?(tx: TxContext, row: Model): Promise<void>;
  beforeRestore?(tx: TxContext, row: Model): Promise<void>;
  /** Runs after every write, before the commit. */
  afterWrite?(tx: TxContext, row: Model): Promise<void> | void;
  /** The lock that every write takes before the row's (`database/locks.ts`). */
  readonly lockFirst?: AdvisoryLock;
  /** Fields with the id of a row that `requireLive` locks, so that it is waited for in the process. */
  readonly lockedReferences?: readonly string[];
}

/** A resource with the hooks of its writes. */
export interface ManagedResource {
  readonly resource: Resource;
  readonly hooks: WriteHooks;
}
