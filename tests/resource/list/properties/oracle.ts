import type { Resource } from '../../../../src/resource/definition/resource';
import type { Shop } from '../../../support/shop';

export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin' | 'contains' | 'startswith' | 'isnull';

export interface Filter {
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

/** The filters and sort of a list, before they are written as a query. */
export interface Question {
  readonly filters: readonly Filter[];
  /** Fields, with "-" for descending. */
  readonly sort: readonly string[];
  readonly deleted: 'without' | 'with' | 'only';
}

/** A resource under test: its table, the token of the actor and the rows that the actor sees. */
export interface Subject {
  readonly resource: Resource;
  readonly table: string;
  readonly token?: string | undefined;
  /** The condition of the visible rows, as SQL. */
  readonly shown?: string;
}

const CASELESS = new Set(['email', 'username', 'sku']);

/**
 * Returns the ids of the rows that a list should show, in order, by SQL over the raw table that shares nothing with the API's but the
 * collation of the database.
 */
export async function expectedIds(shop: Shop, { table, shown = 'true' }: Subject, { filters, sort, deleted }: Question): Promise<string[]> {
  const values: string[] = [];
  const bind = (value: string) => `$${values.push(value)}`;
  const living = { without: 'deleted_at IS NULL', only: 'deleted_at IS NOT NULL', with: 'true' }[deleted];
  const conditions = [shown, ...(table === 'orders' ? [] : [living]), ...filters.map((filter) => condition(filter, bind))];
  const idDirection = sort.at(-1)?.startsWith('-') ? 'DESC' : 'ASC';
  const order = [...sort.map(ordering), `id ${idDirection}`].join(', ');
  const rows = await shop.query<{ id: string }>(`SELECT id FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY ${order}`, values);
  return rows.map(({ id }) => id);
}

/** Returns the column of a field, as it is compared. */
function columnOf(field: string): string {
  const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return CASELESS.has(field) ? `lower(${name})` : name;
}

function ordering(key: string): string {
  return key.startsWith('-') ? `${columnOf(key.slice(1))} DESC NULLS FIRST` : `${columnOf(key)} ASC NULLS LAST`;
}

function condition({ field, operator, values }: Filter, bind: (value: string) => string): string {
  const column = columnOf(field);
  const operand = (value: string) => (CASELESS.has(field) ? `lower(${bind(value)})` : bind(value));
  const [first = ''] = values;
  const anyEqual = () => `(${values.map((value) => `${column} = ${operand(value)}`).join(' OR ')})`;
  switch (operator) {
    case 'eq':
    case 'in':
      return anyEqual();
    case 'ne':
    case 'nin':
      return `${anyEqual()} IS NOT TRUE`;
    case 'gt':
      return `NOT (${column} <= ${operand(first)})`;
    case 'gte':
      return `NOT (${column} < ${operand(first)})`;
    case 'lt':
      return `NOT (${column} >= ${operand(first)})`;
    case 'lte':
      return `NOT (${column} > ${operand(first)})`;
    case 'contains':
      return `strpos(lower(${column}), lower(${bind(first)})) > 0`;
    case 'startswith':
      return `starts_with(lower(${column}), lower(${bind(first)}))`;
    case 'isnull':
      return `(${column} IS NULL) = ${bind(first)}::boolean`;
  }
}
