import type { TxContext } from '../../../context/context';
import { Binder, type Condition, where } from '../../../database/sql/binder';
import { queryAll } from '../../../database/sql/statement';
import { columnOf, deletedCondition, tableOf } from '../../definition/columns';
import type { Resource } from '../../definition/resource';

/** A base of slugs: how many numbered ones are wanted, and which numbers to try. */
export interface SlugRequest {
  readonly base: string;
  readonly wanted: number;
  readonly first: number;
  readonly step: number;
}

/** The free slugs of a base: itself, unless an object has it, and numbered ones in ascending order. */
export interface FreeSlugs {
  readonly isFree: boolean;
  readonly numbered: readonly string[];
}

const MAX_NUMBER = 10_000_000;

/**
 * Returns, for each base, whether no live object has it, and the first of `base-2`, `base-3` ... that none has, in at most `max`
 * characters each. The series of numbers is a select list of its own, which PostgreSQL reads only as far as LIMIT asks; the sub-select
 * with LIMIT is a probe of the unique index.
 */
export async function freeSlugs(
  tx: TxContext,
  resource: Resource,
  name: string,
  max: number,
  requests: readonly SlugRequest[],
): Promise<FreeSlugs[]> {
  const { bind, values } = new Binder();
  const model = resource.model();
  const has = (slug: string) => {
    const isSame: Condition = (t) => `${t}.${columnOf(model, name)} = ${slug}`;
    return `(SELECT 1 FROM ${tableOf(model)} t${where([...deletedCondition(model, 'without'), isSame], 't', bind)} LIMIT 1)`;
  };
  const columns = (['base', 'wanted', 'first', 'step'] as const).map((column) => {
    const type = column === 'base' ? 'text[]' : 'int[]';
    return `(SELECT ${bind(
      requests.map((request) => request[column]),
      type,
    )})`;
  });
  const tried = 'SELECT generate_series(w.first, w.last, w.step) AS n';
  const numbered = `SELECT rtrim(left(w.base, ${max - 1} - length(n::text)), '-') || '-' || n AS slug FROM (${tried}) s`;
  return queryAll<FreeSlugs & Record<string, unknown>>(tx, {
    text: `SELECT ${has('w.base')} IS NULL AS "isFree",
        ARRAY(SELECT slug FROM (${numbered}) c WHERE ${has('c.slug')} IS NULL LIMIT w.wanted) AS numbered
      FROM (
        SELECT base, wanted, first, step, position, CASE wanted WHEN 0 THEN 0 ELSE ${MAX_NUMBER} END AS last
        FROM unnest(${columns.join(', ')}) WITH ORDINALITY AS r (base, wanted, first, step, position)
      ) w ORDER BY w.position`,
    values,
  });
}
