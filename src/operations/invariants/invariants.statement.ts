import type { Invariant } from '../../audit/invariant';
import type { Statement } from '../../database/sql/statement';

/** The most broken rows that are named of an invariant. */
export const MOST_ROWS = 100;
/* On two cores a million orders take some seconds. */
const TIMEOUT_MS = 60_000;

/** Returns the statement that computes the invariants anew: one, so that all are of the same moment; its row has `body`, JSON text. */
export function checkInvariants(invariants: readonly Invariant[]): Statement {
  const values: string[] = [];
  const bind = (value: string) => {
    values.push(value);
    return `$${values.length}::text`;
  };
  const checked = invariants.map(({ name, sentence, table, breaches, repair }) => {
    const byHand = repair === 'counted again' ? 'NULL' : bind(repair.byHand);
    return `(SELECT json_build_object('name', ${bind(name)}, 'sentence', ${bind(sentence)}, 'table', ${bind(table)}, 'isRepairable', ${repair === 'counted again'},
      'remedy', ${byHand}, 'broken', count(*),
      'rows', coalesce(json_agg(json_build_object('id', b.id, 'expected', b.expected, 'actual', b.actual) ORDER BY b.number) FILTER (WHERE b.number <= ${MOST_ROWS}), '[]'))
      FROM (SELECT r.*, row_number() OVER (ORDER BY r.id) AS number FROM (${breaches}) r) b)`;
  });
  const text = `SELECT json_build_object('checkedAt', to_char(statement_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'invariants', json_build_array(${checked.join(', ')}))::text AS body`;
  return { text, values, timeoutMs: TIMEOUT_MS };
}
