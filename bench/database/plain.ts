import type { Client } from 'pg';

const FILLED = ['categories', 'tags', 'products', 'product_images', 'product_tags'];
const TABLES = [...FILLED, 'orders', 'order_items', 'stock_movements'];

/**
 * Copies the filled shop into the schema `plain`: the same columns, defaults, checks, keys and indexes, and no triggers. The other
 * contenders work there; they keep neither audit log nor balance ledger, and write the stock ledger by hand.
 */
export async function copyToPlain(client: Client, owner: string, log: (line: string) => void): Promise<void> {
  await client.query(`CREATE SCHEMA plain AUTHORIZATION ${owner}`);
  for (const table of TABLES) {
    log(`copying ${table}`);
    await client.query(
      `CREATE TABLE plain.${table} (LIKE public.${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED)${await storageOf(client, table)}`,
    );
    await client.query(
      `INSERT INTO plain.${table} (${await storedColumns(client, table)}) SELECT ${await storedColumns(client, table)} FROM public.${table}`,
    );
    for (const definition of await indexes(client, table)) await client.query(definition);
    await client.query(`ALTER TABLE plain.${table} OWNER TO ${owner}`);
  }
  log('checking foreign keys');
  for (const definition of await foreignKeys(client)) await client.query(definition);
  log('collecting statistics');
  // Not of the tables of orders: PostgreSQL plans sequential scans of a table that VACUUM found empty.
  const filled = FILLED.flatMap((table) => [`public.${table}`, `plain.${table}`]);
  await client.query(`VACUUM (ANALYZE) public.users, ${filled.join(', ')}`);
  await client.query('CHECKPOINT');
}

/* The fill factors of the shop's tables: the room that a page has for new row versions. */
async function storageOf(client: Client, table: string): Promise<string> {
  const { rows } = await client.query<{ options: string | null }>(
    `SELECT array_to_string(reloptions, ', ') AS options FROM pg_class WHERE oid = 'public.${table}'::regclass`,
  );
  const options = rows[0]?.options;
  return options ? ` WITH (${options})` : '';
}

async function storedColumns(client: Client, table: string): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    `SELECT string_agg(attname, ', ' ORDER BY attnum) AS names FROM pg_attribute
     WHERE attrelid = 'public.${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  );
  return rows[0]?.names ?? '';
}

/* Built after the rows are inserted, which is many times faster. */
async function indexes(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ indexdef: string }>(
    `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = $1`,
    [table],
  );
  return rows.map(({ indexdef }) => indexdef.replace(' ON public.', ' ON plain.'));
}

/* Foreign keys between copied tables refer to the copies; those to users and refunds to the shop's tables. */
async function foreignKeys(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `SELECT format('ALTER TABLE plain.%I ADD CONSTRAINT %I %s', t.relname, conname,
       replace(pg_get_constraintdef(k.oid), 'REFERENCES ' || r.relname, CASE WHEN r.relname = ANY ($1) THEN 'REFERENCES plain.' ELSE 'REFERENCES public.' END || r.relname)) AS definition
     FROM pg_constraint k JOIN pg_class t ON t.oid = conrelid JOIN pg_class r ON r.oid = confrelid
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND t.relname = ANY ($1)`,
    [TABLES],
  );
  return rows.map(({ definition }) => definition);
}
