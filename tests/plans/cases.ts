import type { Ctx } from '../../src/context/context';
import { columnOf, tableOf } from '../../src/resource/definition/columns';
import type { Resource } from '../../src/resource/definition/resource';
import { parseListQuery } from '../../src/resource/list/parse-list-query';
import { planList } from '../../src/resource/list/plan-list';
import { listShape } from '../../src/resource/query/list-query';
import { writeCursor } from '../../src/resource/query/order/cursor';
import { RELEVANCE, sortableNames, sortKeys } from '../../src/resource/query/order/sort';
import type { Shop } from '../support/shop';

/** A query of a list, named by the filters and the sort that it tests. */
export interface Case {
  readonly name: string;
  readonly query: string;
}

/** A list under test: its resource, and its path with ids. */
interface List {
  readonly resource: Resource;
  readonly path: string;
}

const asQuery = (name: string, value: string) => new URLSearchParams({ [name]: value }).toString();

/**
 * Returns the default page, every filter with common and rare values, by itself and with every sort, and every sort in both directions, on
 * its first page, in the middle and near the end.
 */
export async function casesOf(shop: Shop, list: List): Promise<Case[]> {
  const { resource } = list;
  const includes = [...Object.keys(resource.includes), ...Object.keys(resource.summaries)].join(',');
  const filters = [
    ...(await filterCases(shop, list)),
    ...(await memberCases(shop, list)),
    ...Object.keys(resource.filters).flatMap(ofItsOwn),
  ];
  return [
    { name: 'default', query: '' },
    ...(includes === '' ? [] : [{ name: 'include', query: asQuery('include', includes) }]),
    ...('deletedAt' in resource.fields ? ['with', 'only'].map((how) => ({ name: `deleted=${how}`, query: asQuery('deleted', how) })) : []),
    ...filters,
    ...pairsOf(resource, filters),
    ...(PAIRS[resource.name] ?? []).map((query) => ({ name: query.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '<id>'), query })),
    ...(resource.collapse
      ? ['', '&sort=price', '&sort=-name&status=active'].map((more) => ({
          name: `grouped${more}`,
          query: `${resource.collapse?.parameter}=true${more}`,
        }))
      : []),
    ...(resource.search ? ofItsOwn('q') : []),
    ...(await sortCases(shop, list)),
  ];
}

/*
 * Each filter with each sort but the default one. A page of `-price` walks the index of `price` the other way; one direction tells enough, since
 * both ends of an order are tried by the sorts alone.
 */
function pairsOf(resource: Resource, filters: readonly Case[]): Case[] {
  const sorts = sortableNames(resource).filter((name) => name !== RELEVANCE && name !== resource.defaultSort.replace('-', ''));
  return filters
    .filter(({ query }) => !query.includes('&'))
    .flatMap(({ name, query }) => sorts.map((sort) => ({ name: `${name} sort=${sort}`, query: `${query}&${asQuery('sort', sort)}` })));
}

/* Virtual filters have no column to take values from. */
const OWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  category: ['00000000-0000-7000-8000-000000000003', '00000000-0000-7000-8000-000000000999'],
  tag: ['tag-7', 'no-such-tag'],
  onSale: ['true', 'false'],
  actor: ['db:postgres', 'system:import', 'anonymous'],
  q: ['copper kettle', 'kettel', 'nothing of the kind', '-kettle', 'SKU-0001', 'kettel -copper'],
};

function ofItsOwn(name: string): Case[] {
  const values = OWN_VALUES[name];
  if (!values) throw new Error(`${name} needs values to try`);
  return values.map((value) => ({ name, query: asQuery(name, value) }));
}

const SUBTREE = 'category=00000000-0000-7000-8000-000000000003';

/* Filters that shop fronts use together, with their usual sorts. */
const PAIRS: Readonly<Record<string, readonly string[]>> = {
  products: [
    ...['sort=price', 'sort=-price', 'sort=popular', ''].map((sort) => `${SUBTREE}&price[gte]=10&price[lt]=50&${sort}`),
    ...['', 'sort=popular', 'sort=name'].map((sort) => `${SUBTREE}&featured=true&${sort}`),
    ...['active', 'draft'].flatMap((status) =>
      ['sort=price', 'sort=-price', 'sort=-createdAt'].map((sort) => `price[gte]=10&price[lt]=50&status=${status}&${sort}`),
    ),
    `${SUBTREE}&status=active&sort=popular`,
    `${SUBTREE}&attributes.color=red`,
    `attributes.color=red&attributes.lot=8&sort=price`,
  ],
};

/* The most common and the rarest value of each member that a sample of the rows has. */
async function memberCases(shop: Shop, { resource }: List): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [name, { filter }] of Object.entries(resource.fields)) {
    if (filter !== 'members') continue;
    const table = tableOf(resource.model());
    const column = columnOf(resource.model(), name);
    const values = await shop.query<{ member: string; common: string; rare: string }>(
      `SELECT key AS member, mode() WITHIN GROUP (ORDER BY value) AS common, max(value) AS rare
       FROM ${table}, jsonb_each_text(${column}) WHERE ${column} <> '{}' GROUP BY key`,
    );
    for (const { member, common, rare } of values) {
      for (const operator of ['', '[ne]', '[in]', '[nin]']) {
        for (const value of [common, rare])
          cases.push({ name: `${name}.*${operator}`, query: asQuery(`${name}.${member}${operator}`, value) });
      }
    }
  }
  return cases;
}

async function filterCases(shop: Shop, { resource }: List): Promise<Case[]> {
  const cases: Case[] = [];
  for (const name of Object.keys(listShape(resource))) {
    const [, fieldName = '', operator = 'eq'] = /^(\w+)(?:\[(\w+)\])?$/.exec(name) ?? [];
    const field = resource.fields[fieldName];
    if (!field || field.filter === false || fieldName in resource.filters || (name === 'total' && operator === 'eq')) continue;
    const values = await valuesFor(shop, tableOf(resource.model()), columnOf(resource.model(), fieldName), field.kind, operator);
    for (const value of values) {
      cases.push({ name, query: asQuery(name, value) });
    }
  }
  return cases;
}

/* The most common and the rarest value, values in the middle and near the ends, or parts of one: their plans differ. An empty column has none. */
async function valuesFor(shop: Shop, table: string, column: string, kind: string, operator: string): Promise<string[]> {
  const select = async (sql: string) => (await shop.query<{ value: string | null }>(sql)).flatMap(({ value }) => value ?? []);
  const shown = (expression: string) =>
    kind === 'timestamp' ? `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')` : `(${expression})::text`;
  const rows = `FROM ${table} WHERE ${column} IS NOT NULL`;
  const counted = (direction: string, limit: number) =>
    select(`SELECT ${shown(column)} AS value ${rows} GROUP BY ${column} ORDER BY count(*) ${direction}, ${column} LIMIT ${limit}`);
  const at = (share: number) => select(`SELECT ${shown(`percentile_disc(${share}) WITHIN GROUP (ORDER BY ${column})`)} AS value ${rows}`);
  switch (operator) {
    case 'isnull':
      return ['true', 'false'];
    case 'in':
    case 'nin':
      return [(await counted('ASC', 2)).join(','), (await counted('DESC', 2)).join(',')].filter((values) => values !== '');
    case 'contains':
    case 'startswith': {
      const [value] = await at(0.5);
      if (value === undefined) return [];
      return operator === 'contains' ? [value.slice(3, 11), value.slice(-6)] : [value.slice(0, 12), value];
    }
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return [...(await at(0.5)), ...(await at(operator.startsWith('g') ? 0.999 : 0.001))];
    default:
      return [...(await counted('ASC', 1)), ...(await counted('DESC', 1))];
  }
}

async function sortCases(shop: Shop, list: List): Promise<Case[]> {
  const names = sortableNames(list.resource).filter((name) => name !== RELEVANCE);
  const cases: Case[] = [];
  for (const sort of names.flatMap((name) => [name, `-${name}`])) {
    cases.push({ name: `sort=${sort}`, query: asQuery('sort', sort) });
    for (const share of [0.5, 0.95]) {
      const cursor = await cursorAt(shop, list, sort, share);
      if (cursor !== null) cases.push({ name: `sort=${sort} at depth`, query: new URLSearchParams({ sort, cursor }).toString() });
    }
  }
  return cases;
}

/* Computed, because a walk to this position takes thousands of requests; null where the table is empty. */
async function cursorAt(shop: Shop, { resource, path }: List, sort: string, share: number): Promise<string | null> {
  const table = tableOf(resource.model());
  const keys = sortKeys(resource, sort, null);
  const values = keys.map(({ value }) => value('t', () => ''));
  const order = keys.map(({ descending }, index) => `${values[index]} ${descending ? 'DESC' : 'ASC'}`).join(', ');
  const living = 'deletedAt' in resource.fields ? 'WHERE deleted_at IS NULL' : '';
  const [row] = await shop.query<{ position: (string | null)[] }>(
    `SELECT ARRAY[${values.map((value) => `${value}::text`).join(', ')}] AS position FROM ${table} t ${living}
     ORDER BY ${order} OFFSET (SELECT floor(count(*) * ${share})::int FROM ${table} ${living}) LIMIT 1`,
  );
  if (!row) return null;
  const ctx = { actor: { kind: 'system', name: 'plans' }, env: shop.env } as Ctx;
  const { identity } = planList(ctx, resource, parseListQuery({ sort }), path, []);
  return writeCursor(identity, { position: row.position, backwards: false, inclusive: false });
}
