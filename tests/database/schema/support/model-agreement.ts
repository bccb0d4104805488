import { DataTypes, type Model, type ModelAttributeColumnOptions, type ModelStatic, type Sequelize, Utils } from 'sequelize';
import type { Query } from './query';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** The default as text, `now` for the time of the write, or null where there is none. */
  readonly fallback: string | null;
}

/** Columns that no model has, because only the database reads them. */
const DATABASE_ONLY = ['products.search_vector'];

/** Returns the differences of models and tables: a missing table or column, another type, length, nullability or default. */
export async function disagreements(query: Query, sequelize: Sequelize): Promise<string[]> {
  const models = Object.values(sequelize.models) as ModelStatic<Model>[];
  const tables = await query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = current_schema()::regnamespace AND relname <> 'SequelizeMeta'`,
  );
  const modelled = new Set(models.map(({ tableName }) => tableName));
  const found = tables.filter(({ name }) => !modelled.has(name)).map(({ name }) => `${name} has no model`);
  for (const model of models) found.push(...(await differences(query, model)));
  return found;
}

async function differences(query: Query, model: ModelStatic<Model>): Promise<string[]> {
  const table = model.tableName;
  const actual = await columnsOf(query, table);
  const declared = await declaredColumns(query, model);
  const found = [];
  for (const name of new Set([...actual.keys(), ...declared.keys()])) {
    const [inModel, inTable] = [declared.get(name), actual.get(name)];
    if (inModel !== inTable && !DATABASE_ONLY.includes(`${table}.${name}`))
      found.push(`${table}.${name}: ${inModel} in the model, ${inTable} in the table`);
  }
  if ((model.options.paranoid === true) !== actual.has('deleted_at'))
    found.push(`${table}: is soft-deleted in one of model and table only`);
  return found;
}

/* A temporary table of the model's columns lets PostgreSQL itself read their types and defaults. */
async function declaredColumns(query: Query, model: ModelStatic<Model>): Promise<Map<string, string>> {
  const columns = Object.values(model.getAttributes()).map((attribute) => declaration(model, attribute));
  await query('DROP TABLE IF EXISTS pg_temp.declared');
  await query(`CREATE TEMPORARY TABLE declared (${columns.join(', ')})`);
  return columnsOf(query, 'pg_temp.declared');
}

/* Sequelize always writes the times of creation and change itself, so the models give them no default. */
function declaration({ sequelize, options }: ModelStatic<Model>, attribute: ModelAttributeColumnOptions & { fieldName?: string }): string {
  const { field, fieldName = '', allowNull, defaultValue, type } = attribute;
  const isTime = type instanceof DataTypes.DATE;
  const isStampedTime = options.timestamps === true && ['createdAt', 'updatedAt'].includes(fieldName);
  const fallback = isStampedTime || (isTime && defaultValue !== undefined) ? 'clock_timestamp()' : literal(sequelize, defaultValue);
  const notNull = allowNull === false || isStampedTime ? 'NOT NULL' : '';
  const sqlType = isTime ? 'timestamptz(3)' : typeof type === 'string' ? type : (type as unknown as { toSql(): string }).toSql();
  return `"${field}" ${sqlType} ${notNull} ${fallback === null ? '' : `DEFAULT ${fallback}`}`;
}

/* A default that is a function is made by the application, and the database has none. */
function literal(sequelize: Sequelize | undefined, value: unknown): string | null {
  if (value === undefined || typeof value === 'function') return null;
  if (value instanceof Utils.Literal) return String(value.val);
  return sequelize?.escape(typeof value === 'object' ? JSON.stringify(value) : String(value)) ?? null;
}

/* Defaults are compared by value: '0.00' and 0 are the same amount. */
async function columnsOf(query: Query, table: string): Promise<Map<string, string>> {
  const rows = await query<Column & { expression: string | null }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, NOT attnotnull AS nullable,
       CASE WHEN attgenerated = '' THEN pg_get_expr(adbin, adrelid) END AS expression
     FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
     WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attname`,
  );
  const columns = new Map<string, string>();
  for (const { name, type, nullable, expression } of rows) {
    const fallback = await evaluated(query, expression, type);
    columns.set(name, `${type}${nullable ? '' : ' not null'}${fallback === null ? '' : ` default ${fallback}`}`);
  }
  return columns;
}

async function evaluated(query: Query, expression: string | null, type: string): Promise<string | null> {
  if (expression === null) return null;
  if (expression.includes('clock_timestamp()')) return 'now';
  if (expression === 'pg_current_xact_id()') return 'the transaction';
  if (expression === 'feed_position()') return 'the position';
  const [row] = await query<{ value: string }>(`SELECT (${expression})::${type}::text AS value`);
  return row?.value ?? 'null';
}
