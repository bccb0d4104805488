import type { Condition } from '../../../database/sql/binder';
import type { Resource } from '../../definition/resource';

/** Up to how many rows are counted exactly, and about how many are a sample of more. */
export interface CountBounds {
  readonly exact: number;
  readonly sample: number;
}

/* So many of the parts are read at a time; the first ones tell about how many rows there are. */
const PARTS = 4;

/**
 * Returns the CTEs that end with `base`, the rows that are counted, and `scale`, whose `factor` leads from their number to that of all rows.
 * The first parts tell whether there are far more rows than are counted exactly, so that these are read only where they may be the answer;
 * a sample goes on from these parts to as many as have its size.
 */
export function countedRows({ sampling }: Resource, select: (further: readonly Condition[]) => string, bounds: CountBounds): string {
  if (!sampling) return `base AS MATERIALIZED (${select([])}), scale AS (SELECT 1::numeric AS factor)`;
  const { parts, inParts } = sampling;
  // OFFSET 0 keeps the order of the join: a kept plan would read all matches, and look for the parts of each.
  const ofParts = (first: number, last: string) =>
    `SELECT s.* FROM generate_series(${first}, ${last}, ${PARTS}) p CROSS JOIN LATERAL (${select([inParts('p', PARTS)])} OFFSET 0) s`;
  const manyInPilot = Math.ceil((2 * bounds.exact * PARTS) / parts);
  const pilot = '(SELECT count(*) FROM pilot)';
  const sampled = `least(${parts}, ${PARTS} * ceil(${bounds.sample} / greatest(${pilot}, 1)::numeric))::int`;
  return `pilot AS MATERIALIZED (${ofParts(0, String(PARTS - 1))}),
    few AS MATERIALIZED (SELECT f.* FROM (${select([])} LIMIT ${bounds.exact + 1}) f WHERE ${pilot} < ${manyInPilot}),
    size AS MATERIALIZED (
      SELECT CASE WHEN ${pilot} >= ${manyInPilot} OR (SELECT count(*) FROM few) > ${bounds.exact} THEN ${sampled} END AS parts
    ),
    rest AS MATERIALIZED (${ofParts(PARTS, '(SELECT parts FROM size) - 1')}),
    base AS MATERIALIZED (
      SELECT * FROM few WHERE (SELECT parts FROM size) IS NULL
      UNION ALL SELECT * FROM pilot WHERE (SELECT parts FROM size) IS NOT NULL
      UNION ALL SELECT * FROM rest
    ),
    scale AS (SELECT coalesce(${parts}::numeric / parts, 1) AS factor FROM size)`;
}
