import type { Ctx, TxContext } from '../context/context';
import { advisoryRow } from '../database/locks';
import type { Condition } from '../database/sql/binder';
import type { Conditions } from '../http/endpoint';
import type { Reply } from '../http/output/reply';
import type { Resource, Values } from './definition/resource';
import { listObjects } from './list/list-objects';
import { deletedRows } from './query/deleted-rows';
import type { ListQuery } from './query/list-query';
import { representationOf } from './query/representation';
import { replyToRead } from './read/read-one';
import type { FileLayout } from './transfer/layouts/file-layout';
import type { TransferredResource } from './transfer/transferred-resources';
import { patchObject, putObject } from './write/change-object';
import { createObject } from './write/create-object';
import { deleteObject, restoreObject } from './write/delete-object';
import type { WriteHooks } from './write/write-hooks';

/** The query of a read of one object. */
export interface ReadQuery {
  readonly fields?: unknown;
  readonly include?: unknown;
  readonly deleted?: unknown;
  /** Parameters of the resource. */
  readonly [parameter: string]: unknown;
}

/** The service of a resource: its router calls one method per verb. A domain adds functions of its own beside it. */
export class ResourceService implements TransferredResource {
  constructor(
    readonly resource: Resource,
    readonly hooks: WriteHooks = {},
    readonly layouts: readonly FileLayout[] = [],
  ) {}

  /** Returns one page of the list, by cursor or by number, under further conditions. */
  list(ctx: Ctx, query: ListQuery, path: string = this.resource.prefix, conditions: readonly Condition[] = []): Promise<Reply> {
    return listObjects(ctx, this.resource, query, path, conditions);
  }

  /** Returns the object of an id or a natural key, or 304 where `If-None-Match` is current; throws `not_found` (404). */
  read(ctx: Ctx, key: string, conditions: Conditions, query: ReadQuery = {}): Promise<Reply> {
    const representation = representationOf(ctx, this.resource, { ...query });
    const deleted = deletedRows(ctx, this.resource, query.deleted);
    return replyToRead(ctx, this.resource, key, conditions, representation, deleted);
  }

  /** Returns what a write of an object, or of a new one, locks: the lock that comes first, its row, and what the values refer to. */
  rowsOf(id?: string, values: Values = {}): readonly string[] {
    const { lockFirst, lockedReferences = [] } = this.hooks;
    const references = lockedReferences.map((field) => values[field]).filter((value) => typeof value === 'string');
    return [...(lockFirst ? [advisoryRow(lockFirst)] : []), ...(id === undefined ? [] : [id]), ...references];
  }

  /** Creates an object; throws `value_taken` (409). */
  create(tx: TxContext, values: Values): Promise<Reply> {
    return createObject(tx, this, values);
  }

  /** Applies a JSON Merge Patch (RFC 7396); throws `not_found` (404), `precondition_failed` (412), `value_taken` (409). */
  patch(tx: TxContext, id: string, patch: Values, conditions: Conditions): Promise<Reply> {
    return patchObject(tx, this, id, patch, conditions);
  }

  /** Replaces the editable representation, or creates the object under this id; throws `id_taken` (409) and as `patch` does. */
  put(tx: TxContext, id: string, values: Values, conditions: Conditions): Promise<Reply> {
    return putObject(tx, this, id, values, conditions);
  }

  /** Soft-deletes an object, or purges it with `force`; throws `not_found` (404), `in_use` (409), `precondition_failed` (412). */
  delete(tx: TxContext, id: string, force: boolean, conditions: Conditions, options?: Values): Promise<Reply> {
    return deleteObject(tx, this, id, force, conditions, options);
  }

  /** Restores a soft-deleted object; throws `not_found` (404), `not_deleted` or `value_taken` (409). */
  restore(tx: TxContext, id: string): Promise<Reply> {
    return restoreObject(tx, this, id);
  }
}
