import { permissionId, roleId } from '../../../seeders/reference/role-ids';
import { type Column, defaultOf } from '../columns';
import type { NewFile, ResourcePlan } from '../resource-plan';

/** Columns that lists of every resource can be sorted by. */
const SORTED = ['created_at', 'updated_at'];

/** The table with its constraints, indexes and triggers, and the permission for shops that have their roles already. */
export function migrationFile({ names: { plural, table }, columns, stamp }: ResourcePlan): NewFile {
  const sorted = [...columns.filter(({ type, unique }) => type.sort && !unique).map(({ column }) => column), ...SORTED];
  const text = `import { attachTriggers, editorIndexes, migration, stampColumns } from './support/migration';

/* A new shop's manager gets the permission from the reference data, under the same id. */
export = migration(
  \`
  CREATE TABLE ${table} (
    id uuid NOT NULL CONSTRAINT ${table}_pk PRIMARY KEY,
    ${columns.map((column) => `${columnLine(table, column)},`).join('\n    ')}
    \${stampColumns('${table}')},
    deleted_at timestamptz(3) NULL
  );
${[
  ...columns
    .filter(({ unique }) => unique)
    .map(({ column }) => `  CREATE UNIQUE INDEX ${table}_${column}_key ON ${table} (${column}) WHERE deleted_at IS NULL;`),
  ...columns
    .filter(({ type }) => type.field === 'text' && type.filter)
    .map(({ column }) => `  CREATE INDEX ${table}_${column}_trgm_idx ON ${table} USING gin (${column} gin_trgm_ops);`),
  ...sorted.map((column) => `  CREATE INDEX ${table}_${column}_idx ON ${table} (${column}, id) WHERE deleted_at IS NULL;`),
].join('\n')}
  \${editorIndexes('${table}')}
  \${attachTriggers('${table}')}

  INSERT INTO permissions (id, role_id, resource, action)
  SELECT '${permissionId('manager', `${plural}:*`)}', id, '${plural}', '*' FROM roles WHERE id = '${roleId('manager')}'
  ON CONFLICT DO NOTHING;
  \`,
  \`
  DELETE FROM permissions WHERE resource = '${plural}';
  DROP TABLE ${table};
  \`,
);
`;
  return { path: `migrations/${stamp}-create-${plural}.ts`, text };
}

function columnLine(table: string, column: Column): string {
  const { column: name, nullable, type } = column;
  const value = defaultOf(column);
  const parts = [
    name,
    type.sql,
    nullable ? 'NULL' : 'NOT NULL',
    value !== undefined && `DEFAULT ${sqlLiteral(value)}`,
    type.check && `CONSTRAINT ${table}_${name}_check CHECK (${type.check(name)})`,
  ];
  return parts.filter(Boolean).join(' ');
}

function sqlLiteral(value: unknown): string {
  if (typeof value === 'boolean') return String(value);
  return `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
}
