import fc from 'fast-check';
import { users } from '../../../../src/accounts';
import { categories } from '../../../../src/catalogue/categories/category.resource';
import { products } from '../../../../src/catalogue/products/product.resource';
import { orders } from '../../../../src/sales/orders/order.resource';
import { useShop } from '../../../support/use-shop';
import { expectedIds, type Question, type Subject } from './oracle';
import { filterOf, knownFilters, questions, type View, views, written } from './questions';
import { fillShop, SEED } from './rows';
import { fetchPage, idsOf, walk } from './walk';

const RUNS = Number(process.env.FUZZ_RUNS ?? 10);

const { shop, admin, customer } = useShop({ admin: 'admin', customer: 'customer' });
let subjects: Readonly<Record<string, Subject>>;

beforeAll(async () => {
  const { token } = admin;
  await fillShop(shop);
  await shop.query('UPDATE orders SET user_id = $1::uuid WHERE user_id = (SELECT id FROM users WHERE username ILIKE $2)', [
    customer.id,
    'name1',
  ]);
  subjects = {
    products: { resource: products, table: 'products', token },
    'products of everybody': { resource: products, table: 'products', shown: "status = 'active'" },
    orders: { resource: orders, table: 'orders', token },
    'orders of one': { resource: orders, table: 'orders', token: customer.token, shown: `user_id = '${customer.id}'` },
    users: { resource: users, table: 'users', token },
    categories: { resource: categories, table: 'categories', token },
  };
});

jest.setTimeout(240_000);

const NAMES = ['products', 'products of everybody', 'orders', 'orders of one', 'users', 'categories'] as const;
const subjectOf = (name: string) => subjects[name] as Subject;

test.each(NAMES)('%s: returns the sorted, filtered set by walks in both directions and by numbered pages', async (name) => {
  const subject = subjectOf(name);
  const known = await knownFilters(shop, subject);
  const asked = fc.tuple(questions(subject, known, !name.includes(' of ')), views(subject.resource));
  await fc.assert(
    fc.asyncProperty(asked, ([question, view]) => holds(subject, question, view)),
    { numRuns: RUNS, seed: SEED },
  );
});

async function holds(subject: Subject, question: Question, { limit, fields, include }: View): Promise<void> {
  const expected = await expectedIds(shop, subject, question);
  const query = `${written(question)}&limit=${limit}`;
  const forward = await walk(shop, subject, query, 'nextCursor');
  expect(idsOf(forward)).toEqual(expected);
  expect(forward.map(({ data }) => data.length)).toEqual(sizes(expected.length, limit));
  expect(forward.map(({ pagination }) => pagination.hasNext)).toEqual(forward.map((_page, index) => index < forward.length - 1));
  const back = await walk(shop, subject, query, 'prevCursor', forward.at(-1)?.pagination.prevCursor);
  if (forward.length > 1) expect(idsOf(back.reverse())).toEqual(expected.slice(0, (forward.length - 1) * limit));
  const turned = back.at(-1)?.pagination.nextCursor ?? null;
  if (turned !== null) {
    const again = await fetchPage(shop, subject, `${query}&cursor=${turned}`);
    expect(again.data).toEqual(forward.at(forward.length > 1 ? -1 : 0)?.data);
  }
  await numberedPagesAgree(subject, query, limit, expected);
  await shows(subject, query, fields, include, forward[0]?.data ?? []);
}

function sizes(rows: number, limit: number): number[] {
  if (rows === 0) return [0];
  return Array.from({ length: Math.ceil(rows / limit) }, (_page, index) => Math.min(limit, rows - index * limit));
}

async function numberedPagesAgree(subject: Subject, query: string, limit: number, expected: readonly string[]): Promise<void> {
  const pages = Math.ceil(expected.length / limit);
  for (let number = 1; number <= pages + 1; number++) {
    const page = await fetchPage(shop, subject, `${query}&page=${number}`);
    expect(idsOf([page])).toEqual(expected.slice((number - 1) * limit, number * limit));
    expect(page.pagination).toMatchObject({ pages, total: expected.length, totalIsEstimate: false, hasNext: number < pages });
    expect(page.link.includes('rel="next"')).toBe(number < pages);
  }
  for (const total of ['true', 'exact']) {
    const { pagination } = await fetchPage(shop, subject, `${query}&total=${total}`);
    expect(pagination.total).toBe(expected.length);
  }
}

/* Exactly the requested members, with the values of the whole object. */
async function shows(
  subject: Subject,
  query: string,
  fields: readonly string[] | null,
  include: readonly string[],
  whole: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const view = `${fields ? `&fields=${fields.join(',')}` : ''}${include.length > 0 ? `&include=${include.join(',')}` : ''}`;
  const { data } = await fetchPage(shop, subject, `${query}${view}`);
  const names = [...(fields ?? Object.keys(subject.resource.fields)), ...include].sort();
  for (const [index, row] of data.entries()) {
    expect(Object.keys(row).sort()).toEqual(names);
    expect(whole[index]).toMatchObject(Object.fromEntries((fields ?? []).map((field) => [field, row[field]])));
  }
  expect(data).toHaveLength(whole.length);
}

test.each(NAMES)('%s: finds what every operator of every filter describes', async (name) => {
  const subject = subjectOf(name);
  const known = await knownFilters(shop, subject);
  expect(known.length).toBeGreaterThan(20);
  for (const filter of known) {
    for (const given of fc.sample(filterOf(filter), { seed: SEED, numRuns: 4 })) {
      const question: Question = { filters: [given], sort: ['id'], deleted: 'without' };
      const { data, pagination } = await fetchPage(shop, subject, `${written(question)}&limit=100&total=true`);
      const expected = await expectedIds(shop, subject, question);
      expect([given, data.map(({ id }) => id)]).toEqual([given, expected]);
      expect(pagination.total).toBe(expected.length);
    }
  }
});
