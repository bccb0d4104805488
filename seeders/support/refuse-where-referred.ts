import type { SeedSession } from './seed-session';

interface Reference {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
}

/**
 * Throws where a row that is not noted in `seeded` refers to one that is, whatever its foreign key would do on delete: by
 * SET NULL or CASCADE it would lose something that somebody entered. The foreign keys are read from the database's
 * catalogue, so that a table made later is looked at, too.
 */
export async function refuseWhereReferred(session: SeedSession): Promise<void> {
  const references = await session.query<Reference>(
    `SELECT fk.conrelid::regclass::text AS child, quote_ident(attname) AS column, fk.confrelid::regclass::text AS parent
     FROM pg_constraint fk JOIN pg_attribute ON attrelid = fk.conrelid AND attnum = fk.conkey[1]
     WHERE fk.contype = 'f' AND fk.confrelid IN (SELECT to_regclass(table_name) FROM seeded)
     ORDER BY 1, 2`,
  );
  if (references.length === 0) return;
  const found = await session.query<{ reference: string; count: number }>(references.map(countReferring).join(' UNION ALL '));
  const told = found.filter(({ count }) => count > 0).map(({ reference, count }) => `${reference} (${count})`);
  if (told.length > 0)
    throw new Error(`This seeder removed nothing: other rows refer to its rows, in ${told.join(', ')}. Remove them first.`);
}

function countReferring({ child, column, parent }: Reference): string {
  return `SELECT '${child}.${column}' AS reference, count(*)::int AS count FROM ${child} AS referring
    JOIN seeded AS parent ON parent.table_name = '${parent}' AND parent.id = referring.${column}
    WHERE NOT EXISTS (SELECT FROM seeded AS own WHERE own.table_name = '${child}' AND own.id = referring.id)`;
}
