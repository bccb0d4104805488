import type { TxContext } from '../../../context/context';
import { ok, type Reply } from '../../../http/output/reply';
import type { Values } from '../../definition/resource';
import type { ManagedResource } from '../../write/write-hooks';
import { updateMany } from '../update-many';
import { type Outcome, presentOutcomes, requireNone } from './bulk-outcomes';
import { lockMatching } from './lock-matching';

/** The body of an update by filter. */
export interface MatchingBody {
  readonly filter: Values;
  readonly limit: number;
  readonly atomic: boolean;
  readonly data: Values;
}

/**
 * Changes the objects that a list with the filter would show, all by one patch; throws `too_many_matches` (409) where there are more than
 * the limit, `operations_refused` (422) where it is atomic and one of them is refused.
 */
export async function updateMatching(
  tx: TxContext,
  managed: ManagedResource,
  { filter, limit, atomic, data }: MatchingBody,
): Promise<Reply> {
  const { resource } = managed;
  const rows = await lockMatching(tx, managed, filter, limit);
  const { version, ...patch } = data;
  const items = [...rows.keys()].map((id) => ({ id, version: version as number | undefined, patch }));
  const results = await updateMany(tx, managed, items, rows);
  const outcomes = results.map((result): Outcome => ({ operation: 'update', id: result.id, result, pointer: '/data' }));
  const path = `${resource.prefix}/bulk/update`;
  if (atomic) requireNone(tx, path, outcomes);
  return ok({ matched: rows.size, results: presentOutcomes(tx, path, outcomes) });
}
