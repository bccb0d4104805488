import type { Shop } from '../../support/shop';

/** Returns a digest of every table of the database and the value of every sequence, in whatever schema, by name. */
export async function snapshotOf(shop: Shop): Promise<Readonly<Record<string, string>>> {
  const tables = await shop.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') AS state FROM ${name} t`,
  );
  const sequences = `SELECT format('%I.%I', schemaname, sequencename), coalesce(last_value::text, '') FROM pg_sequences`;
  const rows = await shop.query<{ name: string; state: string }>([...digests, sequences].join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}
