import type { Shop } from '../shop';
import { plantedIn, plantedValues } from './planted-values';

/** Throws where the audit log of a shop has a planted value; a database that is gone has none. */
export async function requireCleanAudit(shop: Pick<Shop, 'query'>): Promise<void> {
  const found = await shop.query<{ entry: string }>(AUDITED, [plantedValues()]).catch(() => []);
  if (found.length > 0) throw new Error(`The audit log has personal or secret values:\n${found.map(({ entry }) => entry).join('\n')}`);
}

const AUDITED = `
  SELECT l.table_name || ' ' || l.action || ' ' || v AS entry FROM audit_logs l, unnest($1::text[]) AS v
  WHERE strpos(concat(l.old_values, l.new_values), v) > 0`;

/** Returns every column of the database that has a planted value, as `table.column`, sorted. */
export async function placesOfPlantedValues(shop: Pick<Shop, 'query'>): Promise<string[]> {
  const tables = await shop.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'`,
  );
  const places = new Set<string>();
  for (const { name } of tables) {
    for (const { row } of await shop.query<{ row: Record<string, unknown> }>(`SELECT to_jsonb(t) AS row FROM ${name} t`)) {
      for (const [column, value] of Object.entries(row)) if (plantedIn(legible(value)).length > 0) places.add(`${name}.${column}`);
    }
  }
  return [...places].sort();
}

/* A bytea is hexadecimal in JSON. */
function legible(value: unknown): string {
  const isBytes = typeof value === 'string' && /^\\x([0-9a-f]{2})*$/.test(value);
  return isBytes ? Buffer.from(value.slice(2), 'hex').toString('latin1') : JSON.stringify(value);
}
