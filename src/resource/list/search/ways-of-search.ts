import { allOf, type Bind, type Condition, where } from '../../../database/sql/binder';
import { tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';
import type { SearchWay } from '../../definition/search';

const SOME = 100;

/**
 * Returns the ways to match a query among the rows that the actor sees, the strictest first. Each is conditional on the earlier ones
 * matching nothing, whatever the filters of the list, so that at most one has rows.
 */
export function waysOfSearch(resource: Resource, q: string, visible: readonly Condition[]): readonly SearchWay[] {
  const ways = resource.search?.ways(q) ?? [];
  return ways.map((way, at) => {
    const earlier = ways.slice(0, at).map(({ matches }) => matchesNothing(resource, [...visible, matches]));
    return { ...way, matches: allOf([...earlier, way.matches]) };
  });
}

/** Returns the ways as one: a row matches in the only way that has rows. */
export function joinedWays(ways: readonly SearchWay[]): SearchWay {
  const cases = (t: string, bind: Parameters<Condition>[1]) =>
    ways.map(({ matches, rank }) => `WHEN ${matches(t, bind)} THEN ${rank(t, bind)}`).join(' ');
  return {
    name: 'any',
    highlights: () => 'NULL',
    matches: (t, bind) => `(${ways.map(({ matches }) => matches(t, bind)).join(' OR ')})`,
    rank: (t, bind) => `(CASE ${cases(t, bind)} ELSE 0 END)::float8`,
  };
}

/*
 * Not NOT EXISTS: the planner takes a word for one that some rows have, and so expects the first of them early in the table; where no row has
 * it, it reads the whole table. For some rows it reads the index.
 */
function matchesNothing(resource: Resource, conditions: readonly Condition[]): Condition {
  const some = (bind: Bind) => `SELECT 1 FROM ${tableOf(resource.model())} other${where(conditions, 'other', bind)} LIMIT ${SOME}`;
  return (_t, bind) => `(SELECT count(*) FROM (${some(bind)}) matched) = 0`;
}
