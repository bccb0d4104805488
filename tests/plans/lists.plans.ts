import { Client } from 'pg';
import { users } from '../../src/accounts';
import { roles } from '../../src/accounts/roles/role.resource';
import { auditLogs } from '../../src/audit/audit-log.resource';
import { categories } from '../../src/catalogue/categories/category.resource';
import { images } from '../../src/catalogue/images/image.resource';
import { prices } from '../../src/catalogue/prices/price.resource';
import { products } from '../../src/catalogue/products/product.resource';
import { reviews } from '../../src/catalogue/reviews/review.resource';
import { tags } from '../../src/catalogue/tags/tag.resource';
import { comments } from '../../src/content/comments/comment.resource';
import { posts } from '../../src/content/posts/post.resource';
import type { Resource } from '../../src/resource/definition/resource';
import { orders } from '../../src/sales/orders/order.resource';
import { refunds } from '../../src/sales/refunds/refund.resource';
import { stockMovements } from '../../src/sales/stock/stock.resource';
import { signUp } from '../factories/people';
import { recordQueries } from '../support/query-recorder';
import { type Shop, startShop } from '../support/shop';
import { fillBigShop } from './big-shop';
import { type Case, casesOf } from './cases';
import { EXCEPTIONS } from './exceptions';
import { explain, type Plan } from './plan';

/* A page may read at most a quarter of a big table along an index, where the planner finds that cheaper than a sort. */
const MOST_READ = 25_000;
const BIG = 5_000;

const LISTS: readonly Resource[] = [
  products,
  categories,
  tags,
  prices,
  images,
  reviews,
  posts,
  comments,
  users,
  roles,
  orders,
  refunds,
  stockMovements,
  auditLogs,
];
/* What a condition of the actor hides a part of. */
const PUBLIC: readonly Resource[] = [products, images, reviews, posts, comments];
const say = (line: string) => void process.stderr.write(`${line}\n`);

let shop: Shop;
let superuser: Client | undefined;
let token: string;
let big: ReadonlySet<string>;

beforeAll(async () => {
  shop = await startShop({ STATEMENT_TIMEOUT_MS: '60000' });
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = new URL(shop.env.DATABASE_URL ?? '').pathname;
  await fillBigShop(url.href, say);
  token = (await signUp(shop, 'admin')).token;
  superuser = new Client({ connectionString: url.href });
  await superuser.connect();
  const tables = await shop.query<{ name: string }>('SELECT relname AS name FROM pg_class WHERE relkind = $1 AND reltuples > $2', [
    'r',
    BIG,
  ]);
  big = new Set(tables.map(({ name }) => name));
});
afterAll(async () => {
  await superuser?.end();
  await shop.close();
});

async function planOf({ prefix }: Resource, { query }: Case, by: string | undefined = token): Promise<Plan> {
  const queries = await recordQueries(async () => {
    const { status, text } = await shop.call('get', `${prefix}?${query}`, { token: by || undefined });
    if (status !== 200) throw new Error(`${prefix}?${query} → ${text}`);
  });
  const page = queries.find(({ text }) => text.includes(' AS body'));
  if (!page) throw new Error(`${prefix}?${query} read no page`);
  return explain(superuser as Client, page);
}

const isServed = ({ wholeTables, read }: Plan) => read <= MOST_READ && !wholeTables.some((table) => big.has(table));

test.each(LISTS.map((resource): [string, Resource] => [resource.name, resource]))(
  '%s: an index serves every filter and sort',
  async (name, resource) => {
    const excused = EXCEPTIONS[name] ?? {};
    const plans = new Map<string, Plan>();
    for (const given of await casesOf(shop, { resource, table: String(resource.model().tableName), path: resource.prefix })) {
      const plan = await planOf(resource, given);
      const known = plans.get(given.name);
      if (!known || plan.read > known.read) plans.set(given.name, plan);
    }
    for (const [question, { read, indexes, wholeTables }] of plans)
      say(`${name} ${question}: ${read} rows by ${[...indexes, ...wholeTables.map((table) => `all of ${table}`)].join(', ')}`);
    const unserved = [...plans].filter(([question, plan]) => !isServed(plan) && !(question in excused)).map(([question]) => question);
    expect(unserved).toEqual([]);
    expect([...plans.keys()]).toEqual(expect.arrayContaining(Object.keys(excused)));
  },
);

test.each(PUBLIC.map((resource): [string, Resource] => [resource.name, resource]))(
  '%s: an index serves the pages that everybody and a customer see',
  async (name, resource) => {
    const customer = (await signUp(shop)).token;
    for (const query of ['', 'sort=createdAt', 'sort=-updatedAt']) {
      for (const by of ['', customer]) {
        const plan = await planOf(resource, { name, query }, by);
        say(`${name} ${query} ${by && 'by a customer'}: ${plan.read} rows by ${[...plan.indexes, ...plan.wholeTables].join(', ')}`);
        expect(isServed(plan)).toBe(true);
      }
    }
  },
);
