import type { Response } from 'supertest';
import { logIn, PASSWORD, signUp } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { codesOf, times, useLockHolder } from '../../support/use-lock-holder';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' }, { LOCK_TIMEOUT_MS: '400', DB_POOL_ACQUIRE_TIMEOUT_MS: '1500' });
const { hold, letGo, mostWaiting } = useLockHolder(shop);

const ROW = { users: 'users', categories: 'categories', products: 'products' } as const;
const lockedRow = (table: keyof typeof ROW, id: string) => ({
  sql: `SELECT FROM ${ROW[table]} WHERE id = $1::uuid FOR UPDATE`,
  values: [id],
});
const lock = (key: number) => ({ sql: 'SELECT pg_advisory_xact_lock($1)', values: [key] });

const call = (method: 'post' | 'patch' | 'put' | 'delete', path: string, body?: object) =>
  shop.call(method, path, { token: admin.token, ...(body && { body }) });
const made = async (path: string, body: object) => String((await call('post', path, body)).body.id);
let count = 0;
const named = () => `Hot ${++count}`;

/** What is locked elsewhere, and the writes that want it. */
interface Hot {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly writes: readonly (() => Promise<Response>)[];
}

const HOT: readonly { readonly what: string; readonly prepare: () => Promise<Hot> }[] = [
  {
    what: 'the lock of administrators',
    prepare: async () => {
      const [first, second] = [await signUp(shop), await signUp(shop)];
      const role = await made('/v1/roles', { name: `hot-${++count}` });
      return {
        ...lock(7_001),
        writes: [
          () => call('patch', `/v1/users/${first.id}`, { firstName: 'Hot' }),
          () => call('patch', `/v1/users/${second.id}/profile`, { displayName: 'Hot' }),
          () => call('post', `/v1/users/${second.id}/roles`, { role: 'support' }),
          () => call('patch', `/v1/roles/${role}`, { description: 'Hot.' }),
          () => call('put', `/v1/roles/${role}/permissions`, { permissions: ['orders:read'] }),
          () => call('post', '/v1/roles', { name: `hot-${++count}` }),
        ],
      };
    },
  },
  {
    what: 'the lock of the category tree',
    prepare: async () => {
      const [first, second] = [await made('/v1/categories', { name: named() }), await made('/v1/categories', { name: named() })];
      return {
        ...lock(7_002),
        writes: [
          () => call('post', '/v1/categories', { name: named() }),
          () => call('patch', `/v1/categories/${first}`, { description: 'Hot.' }),
          () => call('post', `/v1/categories/${second}/move`, { parentId: null }),
        ],
      };
    },
  },
  {
    what: 'the row of a user',
    prepare: async () => {
      const user = await signUp(shop);
      const other = await logIn(shop, user.email);
      return {
        ...lockedRow('users', user.id),
        writes: [
          () => shop.call('post', '/v1/auth/refresh', { body: { refreshToken: user.refreshToken } }),
          () => shop.call('post', '/v1/auth/logout', { body: { refreshToken: other.refreshToken } }),
          () => shop.call('post', '/v1/auth/login', { body: { email: user.email, password: PASSWORD } }),
          () => shop.call('patch', '/v1/me', { token: user.token, body: { firstName: 'Hot' } }),
        ],
      };
    },
  },
  {
    what: 'the row of a category that products refer to',
    prepare: async () => {
      const categoryId = await made('/v1/categories', { name: named() });
      const [first, second] = [await makeProduct(shop, admin), await makeProduct(shop, admin)];
      const product = () => ({ name: named(), sku: `HOT-${++count}`, price: '10.00', categoryId });
      return {
        ...lockedRow('categories', categoryId),
        writes: [
          () => call('post', '/v1/products', product()),
          () => call('patch', `/v1/products/${first}`, { categoryId }),
          () => call('put', `/v1/products/${second}`, product()),
        ],
      };
    },
  },
  {
    what: 'the row of a product that images refer to',
    prepare: async () => {
      const productId = await makeProduct(shop, admin);
      return {
        ...lockedRow('products', productId),
        writes: [() => call('post', '/v1/images', { productId, url: 'https://cdn.example/hot.webp', altText: 'Hot' })],
      };
    },
  },
];

test.each(HOT)('lets one write at a time wait for $what in the database, and refuses the rest in time', async ({ prepare }) => {
  const { sql, values, writes } = await prepare();
  await hold(sql, values);
  const wanting = Promise.all(times(9, (n) => (writes[n % writes.length] as () => Promise<Response>)()));
  const most = mostWaiting(wanting);
  expect(codesOf(await wanting)).toEqual(['503 busy']);
  expect(await most).toBe(1);
  await letGo();
  for (const write of writes) expect((await write()).status).toBeLessThan(300);
});
