import type { Response } from 'supertest';
import { makeProduct } from '../factories/products';
import { ProtocolProxy } from '../support/protocol-proxy';
import { type Shop, startShop } from '../support/shop';
import { useShop } from '../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });
let proxy: ProtocolProxy;
/** The same shop, whose only connection to the database can be cut. */
let cuttable: Shop;
let productId: string;

jest.setTimeout(60_000);

beforeAll(async () => {
  proxy = await ProtocolProxy.before(shop.env.DATABASE_URL);
  cuttable = await startShop({ DATABASE_URL: proxy.url, DB_POOL_MAX: '1' });
  productId = await makeProduct(shop, manager, { stockQuantity: 100_000 });
});
afterAll(async () => {
  await cuttable.close();
  await proxy.close();
});

type Send = (from: Shop, mark: string) => Promise<Response>;

const keyed = (mark: string) => ({ 'Idempotency-Key': `the-key-of-${mark}`, 'X-Reason': mark });
const WRITES: Readonly<Record<string, Send>> = {
  'an order': (from, mark) => {
    const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
    return from.call('post', '/v1/orders', { token: buyer.token, body, headers: keyed(mark) });
  },
  'a new tag': (from, mark) => from.call('post', '/v1/tags', { token: manager.token, body: { name: mark }, headers: keyed(mark) }),
};

/* A twin that PostgreSQL still runs is refused until it ends. */
async function settle(send: Send, mark: string): Promise<Response> {
  for (;;) {
    const response = await send(shop, mark);
    if (response.body?.code !== 'request_in_progress') return response;
  }
}

test.each(Object.entries(WRITES).flatMap(([what, send]) => (['client', 'server'] as const).map((side) => [what, side, send] as const)))(
  'does %s once, wherever the connection breaks (%s side), when it is sent again with its key',
  async (what, side, send) => {
    for (let message = 1; ; message += 1) {
      const mark = `${what} ${side} ${message}`.replaceAll(' ', '-');
      await cuttable.sequelize.query('SELECT 1');
      proxy.cutAt({ side, message });
      const first = await send(cuttable, mark);
      const happened = proxy.pass();
      const settled = await settle(send, mark);
      expect(settled.status).toBe(201);
      if (first.status === 201) expect(settled.text).toBe(first.text);
      expect((await send(shop, mark)).text).toBe(settled.text);
      const changeSets = await shop.query('SELECT DISTINCT change_set_id FROM audit_logs WHERE reason = $1', [mark]);
      expect([mark, changeSets.length]).toEqual([mark, 1]);
      if (!happened) break;
    }
  },
);
