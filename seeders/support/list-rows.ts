import type { SeedSession } from './seed-session';
import type { SeedTable } from './seed-table';

/** Lists the rows to remove, as far as they exist, in the temporary table `seeded`, until the transaction ends. */
export async function listRows(session: SeedSession, tables: readonly SeedTable[]): Promise<void> {
  await session.query('CREATE TEMPORARY TABLE seeded (table_name text, id uuid, PRIMARY KEY (table_name, id)) ON COMMIT DROP');
  for (const { table, rows } of tables) {
    await session.query(
      `INSERT INTO seeded (table_name, id)
       SELECT '${table}', ${table}.id FROM ${table} JOIN jsonb_array_elements_text($1::jsonb) AS given (id) ON ${table}.id = given.id::uuid`,
      [JSON.stringify(rows.map(({ id }) => id))],
    );
  }
}

/** Adds the rows of a table that belong to a listed row, by the column that refers to it. */
export async function listParts(session: SeedSession, table: string, column: string, owner: string): Promise<void> {
  await session.query(
    `INSERT INTO seeded (table_name, id)
     SELECT '${table}', ${table}.id FROM ${table} JOIN seeded ON seeded.table_name = '${owner}' AND seeded.id = ${table}.${column}
     ON CONFLICT DO NOTHING`,
  );
}

/** Deletes the listed rows of a table and returns their number. */
export async function deleteListed(session: SeedSession, table: string): Promise<number> {
  const deleted = await session.query<{ id: string }>(
    `DELETE FROM ${table} USING seeded WHERE seeded.table_name = '${table}' AND seeded.id = ${table}.id RETURNING ${table}.id`,
  );
  return deleted.length;
}
