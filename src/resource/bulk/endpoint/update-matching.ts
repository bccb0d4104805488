import type { TxContext } from '../../../context/context';
import { Binder, where } from '../../../database/sql/binder';
import { queryAll, queryOne } from '../../../database/sql/statement';
import { ok, type Reply } from '../../../http/output/reply';
import { problemType } from '../../../problems/problem';
import { deletedCondition, tableOf } from '../../definition/columns';
import type { Resource, Values } from '../../definition/resource';
import { filterConditions } from '../../query/filters/filters';
import { lockRows } from '../../write/lock-row';
import type { ManagedResource } from '../../write/write-hooks';
import { updateMany } from '../update-many';
import { idsOf } from '../write/locked-writes';
import { type Outcome, presentOutcomes, requireNone } from './bulk-outcomes';

export const tooManyMatches = problemType('too_many_matches', 409, 'Too many matches');

/** The body of an update by filter. */
export interface MatchingBody {
  readonly filter: Values;
  readonly limit: number;
  readonly atomic: boolean;
  readonly data: Values;
}

/** More are not counted one by one. */
const MOST_COUNTED = 10_000;

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
  const none = await lockRows(tx, managed, []);
  const matches = await lockMatches(tx, resource, filter, limit + 1);
  if (matches.length > limit) throw await tooMany(tx, resource, filter, limit);
  const rows = matches.length === 0 ? none : await lockRows(tx, managed, idsOf(matches));
  const { version, ...patch } = data;
  const items = matches.map(({ id }) => ({ id, version: version as number | undefined, patch }));
  const results = await updateMany(tx, managed, items, rows);
  const outcomes = results.map((result): Outcome => ({ operation: 'update', id: result.id, result, pointer: '/data' }));
  const path = `${resource.prefix}/bulk/update`;
  if (atomic) requireNone(tx, path, outcomes);
  return ok({ matched: matches.length, results: presentOutcomes(tx, path, outcomes) });
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
