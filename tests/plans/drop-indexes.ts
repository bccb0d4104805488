import type { Client } from 'pg';

/**
 * Drops the indexes of the tables that are about to be filled and returns the statements that make them again: an index is made in a fraction
 * of the time that its rows take one by one. Unique ones stay: a shop with duplicates would prove nothing. Those of partitions come with the
 * whole table's.
 */
export async function dropIndexes(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
     WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT i.indisunique
       AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AND t.relname NOT IN ('categories', 'tags', 'users', 'product_groups', 'posts')
     ORDER BY 1`,
  );
  if (rows.length > 0) await client.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`);
  return rows.map(({ definition }) => definition.replace(' ON ONLY ', ' ON '));
}
