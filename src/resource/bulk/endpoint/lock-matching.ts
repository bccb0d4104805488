import type { TxContext } from '../../../context/context';
import { Binder, where } from '../../../database/sql/binder';
import { queryAll, queryOne } from '../../../database/sql/statement';
import { problemType } from '../../../problems/problem';
import { deletedCondition, tableOf } from '../../definition/columns';
import type { Resource, Values } from '../../definition/resource';
import { filterConditions } from '../../query/filters/filters';
import { type LockedRows, lockRows } from '../../write/lock-row';
import type { ManagedResource } from '../../write/write-hooks';
import { idsOf } from '../write/locked-writes';

export const tooManyMatches = problemType('too_many_matches', 409, 'Too many matches');

/** More are not counted one by one. */
const MOST_COUNTED = 10_000;

/**
 * Returns the rows that a list with the filter would show, locked, in the order of their ids; throws `too_many_matches` (409) where there
 * are more than the limit.
 */
export async function lockMatching(tx: TxContext, managed: ManagedResource, filter: Values, limit: number): Promise<LockedRows> {
  const { resource } = managed;
  const none = await lockRows(tx, managed, []);
  const matches = await lockMatches(tx, resource, filter, limit + 1);
  if (matches.length > limit) throw await tooMany(tx, resource, filter, limit);
  return matches.length === 0 ? none : lockRows(tx, managed, idsOf(matches));
}

/* A row that no longer matches once it is locked is left out. */
function lockMatches(tx: TxContext, resource: Resource, filter: Values, limit: number): Promise<{ id: string }[]> {
  const { source, values } = matching(tx, resource, filter);
  return queryAll(tx, { text: `SELECT t.id::text AS id ${source} ORDER BY t.id LIMIT ${limit} FOR NO KEY UPDATE OF t`, values });
}

async function tooMany(tx: TxContext, resource: Resource, filter: Values, limit: number) {
  const { source, values } = matching(tx, resource, filter);
  const text = `SELECT count(*)::int AS count FROM (SELECT ${source} LIMIT ${MOST_COUNTED + 1}) m`;
  const count = (await queryOne<{ count: number }>(tx, { text, values }))?.count ?? 0;
  const found = count > MOST_COUNTED ? `More than ${MOST_COUNTED}` : String(count);
  return tooManyMatches.because(
    `${found} ${resource.name.replaceAll('-', ' ')} match, more than the limit of ${limit}, so nothing was changed. Narrow the filter, or raise the limit.`,
  );
}

function matching(tx: TxContext, resource: Resource, filter: Values) {
  const model = resource.model();
  const { bind, values } = new Binder();
  const conditions = [...deletedCondition(model, 'without'), ...(resource.scope?.(tx) ?? []), ...filterConditions(resource, filter)];
  return { source: `FROM ${tableOf(model)} t${where(conditions, 't', bind)}`, values };
}
