import request from 'supertest';
import { loadEnv } from '../../../config/env';
import { buildApp } from '../../../src/app';
import { useShop } from '../../support/use-shop';

const ORIGIN = 'https://shop.example';
const { shop } = useShop({}, { CORS_ORIGINS: `${ORIGIN}, http://localhost:5173` });

const preflight = (origin: string) =>
  request(shop.server)
    .options('/v1/orders')
    .set('Origin', origin)
    .set('Access-Control-Request-Method', 'POST')
    .set('Access-Control-Request-Headers', 'authorization,content-type');

test('lets a page of an allowed origin send a token and read what it needs', async () => {
  const { status, headers } = await preflight(ORIGIN);
  expect(status).toBe(204);
  expect(headers['access-control-allow-origin']).toBe(ORIGIN);
  expect(headers['access-control-allow-headers']).toContain('Authorization');
  expect(headers['access-control-allow-methods']).toContain('PATCH');
  expect(headers).not.toHaveProperty('access-control-allow-credentials');
  const answer = await shop.call('get', '/v1/products', { headers: { Origin: ORIGIN } });
  expect(answer.headers['access-control-allow-origin']).toBe(ORIGIN);
  expect(answer.headers['access-control-expose-headers']).toContain('ETag');
  expect(answer.headers.vary).toContain('Origin');
});

test.each([
  ['/v1/me', 401],
  ['/v1/nowhere', 404],
  ['/v1/products?q=%E4', 400],
  ['/v1/products?q=100%', 400],
  [`/v1/products?q=${'x'.repeat(9_000)}`, 414],
])('lets such a page read the refusal of %.30s, too', async (path, status) => {
  const answer = await request(shop.server).get(path).set('Origin', ORIGIN);
  expect([answer.status, answer.headers['access-control-allow-origin'], answer.headers.vary]).toEqual([
    status,
    ORIGIN,
    expect.stringContaining('Origin'),
  ]);
});

test.each(['https://evil.example', 'https://shop.example.evil.example', 'null'])('allows nothing to pages of %s', async (origin) => {
  expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin');
});

test('is off without the setting', async () => {
  const env = loadEnv({ ...process.env, NODE_ENV: 'test', DATABASE_URL: shop.env.DATABASE_URL, JWT_SECRET: shop.env.JWT_SECRET });
  const app = buildApp({ env, sequelize: shop.sequelize, logger: shop.log, state: { draining: false } });
  expect((await request(app).get('/health/live').set('Origin', ORIGIN)).headers).not.toHaveProperty('access-control-allow-origin');
});

test.each(['shop.example', 'https://shop.example/path', 'https://shop.example,', 'javascript:0'])(
  'refuses the setting %s',
  (CORS_ORIGINS) => {
    expect(() => loadEnv({ CORS_ORIGINS })).toThrow('CORS_ORIGINS must be origins like https://shop.example');
  },
);
