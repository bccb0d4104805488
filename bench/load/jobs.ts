import { CUSTOMERS, idOf, momentOf } from '../database/numbers';
import { KEY_PLACE, type LoadRequest } from './load';

/** What the load uses of the shop. */
export interface Ground {
  readonly products: number;
  /** Access tokens of Storekeeper, one per customer. */
  readonly tokens: readonly string[];
  /** Cursors of Storekeeper's list, of every depth. */
  readonly cursors: readonly string[];
  /** Products that no order changes, with the ETags that their readers have: with relations, and without. */
  readonly unchanged: readonly Held[];
  readonly bareUnchanged: readonly Held[];
}

/** A path and the ETag that a client has of it. */
export interface Held {
  readonly path: string;
  readonly etag: string;
}

type Maker = (ground: Ground) => LoadRequest;

/** One kind of request; `plain` makes that of the hand-written contenders, if they have it. */
export interface Job {
  readonly title: string;
  readonly storekeeper: Maker;
  readonly plain?: Maker;
  /** The job of Storekeeper that it is compared with in a duel. */
  readonly beside?: string;
  /** Whether VACUUM and CHECKPOINT run after it. */
  readonly writes?: boolean;
}

/** How many products, the last ones, no order contains. */
export const UNCHANGED = 4_000;

const REQUESTS = 20_000;
const RELATED = 'include=category,images,tags';
const PAGE = `/v1/products?limit=20&${RELATED}`;

const upTo = (max: number) => 1 + Math.floor(Math.random() * max);
const oneOf = <T>(values: readonly T[]): T => values[upTo(values.length) - 1] as T;
const get = (path: string, headers: Readonly<Record<string, string>> = {}): LoadRequest => ({ method: 'GET', path, headers });

/** The paths of one product of Storekeeper, without and with its relations. */
export const productPath = (n: number) => `/v1/products/${idOf('product', n)}`;
export const relatedProductPath = (n: number) => `${productPath(n)}?${RELATED}`;
const signedIn = ({ tokens }: Ground) => ({ Authorization: `Bearer ${oneOf(tokens)}` });

function revalidation(ground: Ground, held: readonly Held[]): LoadRequest {
  const { path, etag } = oneOf(held);
  return get(path, { ...signedIn(ground), 'If-None-Match': etag });
}

function order(path: string, headers: Readonly<Record<string, string>>, { products }: Ground, userId?: string): LoadRequest {
  const numbers = new Set<number>();
  while (numbers.size < 3) numbers.add(upTo(products - UNCHANGED));
  const items = [...numbers].map((n) => ({ productId: idOf('product', n), quantity: 1 }));
  const body = JSON.stringify({ items, ...(userId === undefined ? { paymentMethod: 'external' } : { userId }) });
  return { method: 'POST', path, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

export const JOBS: Readonly<Record<string, Job>> = {
  product: {
    title: 'one product with category, images, tags',
    storekeeper: (ground) => get(relatedProductPath(upTo(ground.products)), signedIn(ground)),
    plain: ({ products }) => get(`/products/${idOf('product', upTo(products))}`),
  },
  page: {
    title: 'first page of 20, related rows',
    storekeeper: (ground) => get(PAGE, signedIn(ground)),
    plain: () => get('/products?limit=20'),
  },
  deep: {
    title: 'page at a random depth, by cursor',
    beside: 'page',
    storekeeper: (ground) => get(`${PAGE}&cursor=${oneOf(ground.cursors)}`, signedIn(ground)),
    plain: ({ products }) => {
      const n = upTo(products);
      return get(`/products?limit=20&after=${momentOf(n)},${idOf('product', n)}`);
    },
  },
  total: {
    title: 'first page with a total',
    storekeeper: (ground) => get(`${PAGE}&total=true`, signedIn(ground)),
  },
  held: {
    title: 'a product that its reader has, 200',
    storekeeper: (ground) => get(oneOf(ground.unchanged).path, signedIn(ground)),
  },
  unchanged: {
    title: 'the same, 304 on its ETag',
    beside: 'held',
    storekeeper: (ground) => revalidation(ground, ground.unchanged),
  },
  bare: {
    title: 'a product that its reader has without its relations, 200',
    storekeeper: (ground) => get(oneOf(ground.bareUnchanged).path, signedIn(ground)),
  },
  bareUnchanged: {
    title: 'the same, 304 on its ETag',
    storekeeper: (ground) => revalidation(ground, ground.bareUnchanged),
  },
  order: {
    title: 'order of three lines',
    storekeeper: (ground) => order('/v1/orders', signedIn(ground), ground),
    plain: (ground) => order('/orders', {}, ground, idOf('user', upTo(CUSTOMERS))),
    writes: true,
  },
  keyedOrder: {
    title: 'order of three lines, each with a new Idempotency-Key; the others have none',
    storekeeper: (ground) => order('/v1/orders', { ...signedIn(ground), 'Idempotency-Key': KEY_PLACE }, ground),
    plain: (ground) => order('/orders', {}, ground, idOf('user', upTo(CUSTOMERS))),
    writes: true,
  },
};

/** Returns the requests of a job, for Storekeeper or the others; null if the others do not have the job. */
export function requestsOf(job: Job, isStorekeeper: boolean, ground: Ground): LoadRequest[] | null {
  const make = isStorekeeper ? job.storekeeper : job.plain;
  return make ? Array.from({ length: REQUESTS }, () => make(ground)) : null;
}
