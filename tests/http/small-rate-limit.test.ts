import { useShop } from '../support/use-shop';

const { shop } = useShop({}, { RATE_LIMIT: '20', TRUST_PROXY: '1' });

const read = (path: string, client: number) => shop.call('get', path, { headers: { 'X-Forwarded-For': `192.0.2.${client}` } });

test('answers a request that costs more than a client has in a minute, for all that it has', async () => {
  const first = await read('/v1/products?total=exact', 1);
  expect([first.status, first.headers.ratelimit]).toEqual([200, expect.stringContaining('r=0;')]);
  expect((await read('/v1/products', 1)).status).toBe(429);
});

test('refuses it where the client has sent another request in that minute', async () => {
  expect((await read('/v1/products', 2)).status).toBe(200);
  expect((await read('/v1/products?total=exact', 2)).status).toBe(429);
  expect((await read('/v1/products', 2)).headers.ratelimit).toContain('r=17;');
});
