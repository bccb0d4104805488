import { allRouters } from '../../../src/routes';
import { useShop } from '../../support/use-shop';

const NOBODYS_ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const { shop, admin } = useShop({ admin: 'admin' });

const cacheControl = async (method: 'get' | 'post', path: string, token?: string) =>
  (await shop.call(method, path, { token, ...(method === 'post' && { body: {} }) })).headers['cache-control'];

const personal = allRouters({ draining: false }).flatMap(({ prefix, endpoints }) =>
  endpoints.flatMap(({ method, path, access }) =>
    method === 'get' && access !== 'public' ? [`${prefix}${path === '/' ? '' : path}`] : [],
  ),
);

test.each(personal)('nobody keeps the response of %s', async (path) => {
  const own = path.replace(/:id\b/, path.startsWith('/v1/users') ? admin.id : NOBODYS_ID);
  expect(await cacheControl('get', own, admin.token)).toBe('no-store');
});

test('caches ask again before they use what anybody may read, and only the client keeps what may depend on its token', async () => {
  expect(await cacheControl('get', '/v1/products')).toBe('no-cache');
  expect(await cacheControl('get', '/v1/products', admin.token)).toBe('private, no-cache');
  expect(await cacheControl('post', '/v1/tags', admin.token)).toBe('no-store');
});

test('a new user’s data is not kept by the response of the registration', async () => {
  const body = { email: 'new@example.com', username: 'newcomer', password: 'correct horse battery', firstName: 'New', lastName: 'Comer' };
  const answer = await shop.call('post', '/v1/auth/register', { body });
  expect([answer.status, answer.headers['cache-control']]).toEqual([201, 'no-store']);
});
