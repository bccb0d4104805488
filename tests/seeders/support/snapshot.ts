import { QueryTypes, type Sequelize } from 'sequelize';

/** Returns the rows of a query. */
export async function rowsOf<Row extends object>(sequelize: Sequelize, sql: string): Promise<Row[]> {
  return sequelize.query<Row>(sql, { type: QueryTypes.SELECT });
}

/** Returns the first row of a query; throws where there is none. */
export async function rowOf<Row extends object>(sequelize: Sequelize, sql: string): Promise<Row> {
  const [row] = await rowsOf<Row>(sequelize, sql);
  if (!row) throw new Error(`no row: ${sql}`);
  return row;
}

/** Returns the number of rows and a digest of their content, per table, to compare two moments. */
export async function contentOf(sequelize: Sequelize): Promise<Record<string, string>> {
  const tables = await rowsOf<{ name: string }>(
    sequelize,
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
  );
  const digests = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS digest FROM "${name}" t`,
  );
  const rows = await rowsOf<{ name: string; digest: string }>(sequelize, digests.join(' UNION ALL '));
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
}

/** Returns the privileges of every table and the state of its triggers, which guard the ledgers. */
export async function guardsOf(sequelize: Sequelize): Promise<object[]> {
  return rowsOf(
    sequelize,
    `SELECT relname, relacl::text, (SELECT jsonb_object_agg(tgname, tgenabled) FROM pg_trigger WHERE tgrelid = pg_class.oid AND NOT tgisinternal) AS triggers
     FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
  );
}
