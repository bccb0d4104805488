import { Client } from 'pg';
import { signUp } from '../factories/people';
import { recordQueries } from '../support/query-recorder';
import { type Shop, startShop } from '../support/shop';
import { fillBigShop } from './big-shop';
import { casesOf } from './cases';
import { EXCEPTIONS, reasonFor } from './exceptions';
import { type List, listsOfApi, pathOf } from './lists-of-api';
import { explain, type Plan } from './plan';
import { accessOf, type TableOfPlans, writePlans } from './table-of-plans';

/* A page may read at most a quarter of a big table along an index, where the planner finds that cheaper than a sort. */
const MOST_READ = 25_000;
const BIG = 5_000;
/* Filling takes one minute on a quiet machine; a run ends by its work, not by the load of the machine. */
const FILL_MS = 3_600_000;

const LISTS = listsOfApi();
const say = (line: string) => void process.stderr.write(`${line}\n`);

let shop: Shop;
let superuser: Client | undefined;
let token: string;
let big: ReadonlySet<string>;
const tables: TableOfPlans[] = [];

beforeAll(async () => {
  shop = await startShop({ STATEMENT_TIMEOUT_MS: '60000' });
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = new URL(shop.env.DATABASE_URL ?? '').pathname;
  await fillBigShop(url.href, say);
  token = (await signUp(shop, 'admin')).token;
  superuser = new Client({ connectionString: url.href });
  await superuser.connect();
  const found = await shop.query<{ name: string }>('SELECT relname AS name FROM pg_class WHERE relkind = $1 AND reltuples > $2', [
    'r',
    BIG,
  ]);
  big = new Set(found.map(({ name }) => name));
}, FILL_MS);
afterAll(async () => {
  if (process.env.WRITE_PLANS === '1') writePlans(tables);
  await superuser?.end();
  await shop.close();
});

async function planOf(path: string, query: string, by: string | undefined = token): Promise<Plan> {
  const queries = await recordQueries(async () => {
    const { status, text } = await shop.call('get', `${path}?${query}`, { token: by || undefined });
    if (status !== 200) throw new Error(`${path}?${query} → ${text}`);
  });
  const page = queries.find(({ text }) => text.includes('::int AS found'));
  if (!page) throw new Error(`${path}?${query} read no page`);
  return explain(superuser as Client, page);
}

const isServed = ({ wholeTables, read }: Plan) => read <= MOST_READ && !wholeTables.some((table) => big.has(table));

const named = (lists: readonly List[]) => lists.map((list): [string, List] => [list.path, list]);

test.each(named(LISTS))('%s: an index serves every filter and sort', async (name, list) => {
  const { resource } = list;
  const path = await pathOf(shop, list);
  const plans = new Map<string, Plan>();
  for (const { name: question, query } of await casesOf(shop, { resource, path })) {
    const plan = await planOf(path, query);
    const known = plans.get(question);
    if (!known || plan.read > known.read) plans.set(question, plan);
  }
  const reasonOf = (question: string) => (isServed(plans.get(question) as Plan) ? undefined : reasonFor(list, question));
  tables.push({ path: name, plans, reasonFor: reasonOf });
  for (const [question, plan] of plans)
    say(`${name} ${question}: ${plan.read} rows in ${plan.milliseconds} ms by ${accessOf(plan)}${isServed(plan) ? '' : ' !'}`);
  const unserved = [...plans]
    .filter(([question, plan]) => !isServed(plan) && reasonOf(question) === undefined)
    .map(([question]) => question);
  expect(unserved).toEqual([]);
});

test('excuses no list that there is not', () => {
  const names = new Set(LISTS.map(({ resource }) => resource.name));
  expect(Object.keys(EXCEPTIONS).filter((name) => !names.has(name))).toEqual([]);
});

/* What a condition of the actor hides a part of. */
test.each(named(LISTS.filter(({ resource, path }) => resource.scope && resource.access.read === 'public' && path === resource.prefix)))(
  '%s: an index serves the pages that everybody and a customer see',
  async (path, { resource }) => {
    const customer = (await signUp(shop)).token;
    for (const query of [
      '',
      ...['createdAt', 'updatedAt'].filter((name) => resource.fields[name]?.sort).flatMap((name) => [`sort=${name}`, `sort=-${name}`]),
    ]) {
      for (const by of ['', customer]) {
        const plan = await planOf(path, query, by);
        say(`${path} ${query} ${by && 'by a customer'}: ${plan.read} rows by ${accessOf(plan)}`);
        expect([query, by, isServed(plan)]).toEqual([query, by, true]);
      }
    }
  },
);
