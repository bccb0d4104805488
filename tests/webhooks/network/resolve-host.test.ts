import { Resolver } from 'node:dns/promises';
import { parseNetworks } from '../../../src/webhooks/network/networks';
import { resolveHost } from '../../../src/webhooks/network/resolve-host';
import { NameServer } from '../support/name-server';

const resolver = new Resolver({ timeout: 500, tries: 1 });
const server = new NameServer({
  'public.example': ['8.8.8.8', '1.1.1.1'],
  'private.example': ['10.0.0.5'],
  'metadata.example': ['169.254.169.254'],
  'mixed.example': ['8.8.8.8', '127.0.0.1'],
});
beforeAll(async () => resolver.setServers([await server.open()]));
afterAll(() => server.close());

const resolve = (host: string, networks = '') => resolveHost(host, parseNetworks(networks), resolver);

test('returns the address of a public name, and of a private one in an allowed network', async () => {
  expect(['8.8.8.8', '1.1.1.1']).toContain(await resolve('public.example'));
  expect(await resolve('private.example', '10.0.0.0/24')).toBe('10.0.0.5');
});

test.each(['private.example', 'metadata.example', 'mixed.example', '127.0.0.1', '::1'])(
  'refuses %s, for an address of it is private',
  async (host) => {
    await expect(resolve(host)).rejects.toMatchObject({ code: 'address_refused' });
  },
);

test.each(['unknown.example', 'a..b', 'localhost'])('says that %s has no address', async (host) => {
  await expect(resolve(host)).rejects.toMatchObject({ code: 'unresolvable' });
});
