import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { drain } from '../../src/http/server/drain';
import { listen } from '../../src/http/server/listen';
import { signUp } from '../factories/people';
import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' }, { MAX_EVENT_STREAMS: '3' });

interface Sent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly object: { readonly id: string } };
}

interface Listener {
  readonly response: IncomingMessage;
  readonly ended: Promise<void>;
  /** Returns the events so far, once there are as many. */
  events(count: number): Promise<Sent[]>;
  close(): void;
}

const open: Listener[] = [];

afterEach(async () => {
  for (const listener of open.splice(0)) {
    listener.close();
    await listener.ended;
  }
});

async function listenTo(query = '', headers: Record<string, string> = {}, server = shop.server, token = admin.token): Promise<Listener> {
  const { port } = server.address() as AddressInfo;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { port, path: `/v1/events/stream${query}`, agent: false, headers: { Authorization: `Bearer ${token}`, ...headers } };
    get(options, resolve).on('error', reject);
  });
  let text = '';
  let wake: () => void = () => undefined;
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    wake();
  });
  response.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => void response.once('close', () => resolve()));
  const sent = () =>
    [...text.matchAll(/id: (\S+)\nevent: (\S+)\ndata: (.*)\n\n/g)].map(
      ([, id, event, data]) => ({ id, event, data: JSON.parse(String(data)) }) as Sent,
    );
  const listener: Listener = {
    response,
    ended,
    events: async (count) => {
      while (sent().length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return sent();
    },
    close: () => response.destroy(),
  };
  open.push(listener);
  return listener;
}

test('sends what happens from now on, as it happens, with the cursor as id', async () => {
  await makeProduct(shop, admin);
  const listener = await listenTo('?types=products.created');
  expect(listener.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const first = await makeProduct(shop, admin);
  const second = await makeProduct(shop, admin);
  const events = await listener.events(2);
  expect(events.map(({ event, data }) => [event, data.object.id])).toEqual([
    ['products.created', first],
    ['products.created', second],
  ]);
  const { body } = await shop.call('get', `/v1/events?after=${events[0]?.id}&types=products.created`, { token: admin.token });
  expect(body.data.map(({ object }: Sent['data']) => object.id)).toEqual([second]);
});

test('goes on after the last event that the client has, without a gap or a repeat', async () => {
  const listener = await listenTo();
  const ids = [await makeProduct(shop, admin), await makeProduct(shop, admin), await makeProduct(shop, admin)];
  const [first] = await listener.events(1);
  listener.close();
  const again = await listenTo('', { 'Last-Event-ID': String(first?.id) });
  const events = await again.events(2);
  expect([first, ...events].map((one) => one?.data.object.id)).toEqual(ids);
});

test('reads once for all who wait at the same position, and holds no connection meanwhile', async () => {
  const listeners = [await listenTo(), await listenTo()];
  const id = await makeProduct(shop, admin);
  for (const listener of listeners) expect((await listener.events(1))[0]?.data.object.id).toBe(id);
  const { pool } = shop.sequelize.connectionManager as unknown as { pool: { size: number; available: number } };
  expect(pool.size - pool.available).toBeLessThanOrEqual(1);
});

test('refuses more clients than the setting allows, and a client that may not read events', async () => {
  for (let count = 0; count < 3; count += 1) await listenTo();
  const errors = jest.spyOn(shop.log, 'error');
  const { status, body, headers } = await shop.call('get', '/v1/events/stream', { token: admin.token });
  expect([status, body.code, headers['retry-after']]).toEqual([503, 'busy', '30']);
  expect(errors).not.toHaveBeenCalled();
  const customer = await signUp(shop);
  expect((await shop.call('get', '/v1/events/stream', { token: customer.token })).status).toBe(403);
  expect((await shop.call('get', '/v1/events/stream?after=bogus', { token: admin.token })).body).toMatchObject({ code: 'invalid_cursor' });
});

test('ends with the session of its client', async () => {
  const other = await signUp(shop, 'admin');
  const listener = await listenTo('', {}, shop.server, other.token);
  await shop.query('UPDATE refresh_tokens SET revoked_at = now() WHERE user_id = $1', [other.id]);
  await listener.ended;
  expect(listener.response.complete).toBe(true);
}, 30_000);

test('ends in time when the process drains', async () => {
  const server = await listen(shop.app, shop.env, shop.log);
  const listener = await listenTo('', {}, server);
  shop.state.draining = true;
  expect(await drain(server, 8_000)).toBe(true);
  shop.state.draining = false;
  await listener.ended;
  expect(listener.response.complete).toBe(true);
});
