import type { SeedSession } from './seed-session';
import type { SeedTable } from './seed-table';

/**
 * Inserts the rows of a table in one statement, from one JSON parameter, and returns the ids of the inserted rows. A row whose id or
 * unique value is taken makes it throw (`refuse`, SQLSTATE 23505), or is left out (`skip`).
 */
export async function insertRows(session: SeedSession, { table, rows }: SeedTable, taken: 'refuse' | 'skip'): Promise<string[]> {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.keys(first).join(', ');
  const inserted = await session.query<{ id: string }>(
    `INSERT INTO ${table} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
     ${taken === 'skip' ? 'ON CONFLICT DO NOTHING' : ''} RETURNING id`,
    [JSON.stringify(rows)],
  );
  return inserted.map(({ id }) => id);
}

/** Returns whether any of the rows is in the database, by its id. */
export async function anyPresent(session: SeedSession, tables: readonly SeedTable[]): Promise<boolean> {
  for (const { table, rows } of tables) {
    const ids = JSON.stringify(rows.map(({ id }) => id));
    const found = await session.query(
      `SELECT FROM ${table} WHERE id IN (SELECT given::uuid FROM jsonb_array_elements_text($1::jsonb) AS given) LIMIT 1`,
      [ids],
    );
    if (found.length > 0) return true;
  }
  return false;
}
