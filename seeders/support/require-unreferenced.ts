import type { SeedSession } from './seed-session';

interface Reference {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
}

/**
 * Throws where a row outside `seeded` refers to a row in it, whatever its foreign key does on delete: SET NULL or CASCADE would lose
 * data that somebody entered. It reads the foreign keys from PostgreSQL's catalogue, so it covers later tables too.
 */
export async function requireUnreferenced(session: SeedSession): Promise<void> {
  const references = await session.query<Reference>(
    `SELECT fk.conrelid::regclass::text AS child, quote_ident(attname) AS column, fk.confrelid::regclass::text AS parent
     FROM pg_constraint fk JOIN pg_attribute ON attrelid = fk.conrelid AND attnum = fk.conkey[1]
     WHERE fk.contype = 'f' AND fk.confrelid IN (SELECT to_regclass(table_name) FROM seeded)
     ORDER BY 1, 2`,
  );
  if (references.length === 0) return;
  const found = await session.query<{ reference: string; count: number }>(references.map(countReferring).join(' UNION ALL '));
  const places = found.filter(({ count }) => count > 0).map(({ reference, count }) => `${reference} (${count})`);
  if (places.length > 0)
    throw new Error(`Nothing was removed: other rows refer to the seeded rows, in ${places.join(', ')}. Remove those first.`);
}

function countReferring({ child, column, parent }: Reference): string {
  return `SELECT '${child}.${column}' AS reference, count(*)::int AS count FROM ${child} AS referring
    JOIN seeded AS parent ON parent.table_name = '${parent}' AND parent.id = referring.${column}
    WHERE NOT EXISTS (SELECT FROM seeded AS own WHERE own.table_name = '${child}' AND own.id = referring.id)`;
}
