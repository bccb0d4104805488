import type { SeedSession } from './seed-session';
import type { SeedTable } from './seed-table';

/** Notes, for the rest of the transaction, which rows of the database a removal is about, in the table `seeded`. */
export async function nameRows(session: SeedSession, tables: readonly SeedTable[]): Promise<void> {
  await session.query('CREATE TEMPORARY TABLE seeded (table_name text, id uuid, PRIMARY KEY (table_name, id)) ON COMMIT DROP');
  for (const { table, rows } of tables) {
    await session.query(
      `INSERT INTO seeded (table_name, id)
       SELECT '${table}', ${table}.id FROM ${table} JOIN jsonb_array_elements_text($1::jsonb) AS given (id) ON ${table}.id = given.id::uuid`,
      [JSON.stringify(rows.map(({ id }) => id))],
    );
  }
}

/** Notes the rows of a table that are part of a noted row, by the column that refers to it. */
export async function nameParts(session: SeedSession, table: string, column: string, owner: string): Promise<void> {
  await session.query(
    `INSERT INTO seeded (table_name, id)
     SELECT '${table}', ${table}.id FROM ${table} JOIN seeded ON seeded.table_name = '${owner}' AND seeded.id = ${table}.${column}
     ON CONFLICT DO NOTHING`,
  );
}

/** Deletes the noted rows of a table and answers how many there were. */
export async function deleteNamed(session: SeedSession, table: string): Promise<number> {
  const deleted = await session.query<{ id: string }>(
    `DELETE FROM ${table} USING seeded WHERE seeded.table_name = '${table}' AND seeded.id = ${table}.id RETURNING ${table}.id`,
  );
  return deleted.length;
}
