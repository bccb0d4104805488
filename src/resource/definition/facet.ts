import type { Access } from '../../context/permission';
import type { Bind, Condition } from '../../database/sql/binder';

/** What the rows of a list can be counted by. The name of a facet that ends with `.*` stands for one per member of an object. */
export interface Facet {
  readonly description: string;
  /** The fields and filters that choose its values: their conditions are left out where it is counted. */
  readonly filters: readonly string[];
  /** Who may count by it beside those who may read the list. */
  readonly access?: Access;
  /** Returns the SQL of a row's value. */
  value(alias: string, member: string, bind: Bind): string;
  /** Returns the SQL of `value`, `count` and whatever else describes a value, over rows with `id` and the row's value `v`. */
  count(rows: string, context: FacetContext): string;
  /** The ORDER BY of its values; the most frequent first where nothing is said. */
  readonly orderBy?: string;
}

export interface FacetContext {
  readonly bind: Bind;
  readonly query: Readonly<Record<string, unknown>>;
}

/** A division of all rows into equal parts by chance: some parts are a sample. */
export interface Sampling {
  readonly parts: number;
  /** Returns the condition that a row is of one of so many parts, from the one whose number is the SQL expression on. */
  inParts(first: string, count: number): Condition;
}

/** Returns the facet of a column with few values; the value is what the filter of the field takes. */
export function valueFacet(description: string, field: string, column: string, access?: Access): Facet {
  return {
    description,
    filters: [field],
    ...(access && { access }),
    value: (t) => `${t}."${column}"`,
    count: (rows) => `SELECT v::text AS value, count(*) FROM ${rows} r WHERE v IS NOT NULL GROUP BY v`,
  };
}

/** Returns the facet of a number by bands: from each bound to the next one, which is excluded. */
export function bandFacet(description: string, field: string, column: string, bounds: readonly number[]): Facet {
  return {
    description,
    filters: [field],
    value: (t) => `${t}."${column}"`,
    orderBy: 'band',
    count: (rows, { bind }) => {
      const all = bind(bounds, 'numeric[]');
      return `SELECT band, (${all})[band] || '..' || coalesce((${all})[band + 1]::text, '') AS value,
          (${all})[band]::text AS "from", (${all})[band + 1]::text AS "to", count(*)
        FROM (SELECT width_bucket(v, ${all}) AS band FROM ${rows} r WHERE v IS NOT NULL) b WHERE band > 0 GROUP BY band`;
    },
  };
}

/* As the filter of a member takes a text for a number, too (member-filters.ts). */
const NUMBER = '^-?(0|[1-9][0-9]{0,30})([.][0-9]{1,30})?$';

/**
 * Returns the facet of each member of a JSON object: its texts, numbers and booleans, and those of its arrays. A text that is written as a
 * number counts the numbers that equal it, too, as its filter finds them.
 */
export function memberFacet(description: string, field: string, column: string): Facet {
  return {
    description,
    filters: [`${field}.*`],
    value: (t, member, bind) => `${t}."${column}" -> ${bind(member, 'text')}`,
    // Equal members are taken apart once.
    count: (rows) => `WITH own AS (SELECT v, count(*) FROM ${rows} r WHERE v IS NOT NULL GROUP BY v),
        element AS MATERIALIZED (
          SELECT v, count, CASE jsonb_typeof(e) WHEN 'number' THEN trim_scale((e #>> '{}')::numeric)::text ELSE e #>> '{}' END AS value,
            CASE jsonb_typeof(e) WHEN 'number' THEN (e #>> '{}')::numeric END AS number
          FROM own, jsonb_array_elements(CASE jsonb_typeof(v) WHEN 'array' THEN v ELSE jsonb_build_array(v) END) e
          WHERE jsonb_typeof(e) IN ('string', 'number', 'boolean')
        ),
        written AS (SELECT DISTINCT value, CASE WHEN value ~ '${NUMBER}' THEN value::numeric END AS number FROM element WHERE number IS NULL)
      SELECT value, sum(count) AS count FROM (
        SELECT v, count, value FROM element UNION SELECT v, count, written.value FROM element JOIN written USING (number)
      ) found WHERE length(value) <= 200 GROUP BY value`,
  };
}
