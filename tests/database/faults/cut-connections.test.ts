import { createHash } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import type { Response } from 'supertest';
import { logIn, PASSWORD, type Person, signUp } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { type Cut, ProtocolProxy } from '../../support/protocol-proxy';
import { type Shop, startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop, admin, manager, buyer, visitor } = useShop({ admin: 'admin', manager: 'manager', buyer: 'customer', visitor: 'customer' });
let proxy: ProtocolProxy;
/** The same shop, whose only connection to the database can be cut. */
let cuttable: Shop;
let productId: string;

jest.setTimeout(120_000);

beforeAll(async () => {
  proxy = await ProtocolProxy.before(shop.env.DATABASE_URL);
  cuttable = await startShop({ DATABASE_URL: proxy.url, DB_POOL_MAX: '1' });
  productId = await makeProduct(shop, manager, { stockQuantity: 100_000, price: '10.00' });
});
afterAll(async () => {
  await cuttable.close();
  await proxy.close();
});

let marks = 0;
const mark = () => `mark ${++marks}`;
const post = (from: Shop, path: string, { token }: Person, body: object) => from.call('post', path, { token, body });
const order = (from: Shop, note: string, paymentMethod = 'external') =>
  post(from, '/v1/orders', buyer, { items: [{ productId, quantity: 1 }], paymentMethod, note });
const isThere = async (sql: string, ...values: unknown[]) => (await shop.query(sql, values)).length > 0;
const isOrdered = (note: string) => isThere('SELECT FROM orders WHERE note = $1', note);

/** One write: what it answers, and whether it is in the database. */
interface Attempt {
  readonly responses: () => Promise<readonly Response[]>;
  readonly done: () => Promise<readonly boolean[]>;
}
const one = (response: () => Promise<Response>, done: () => Promise<boolean>): Attempt => ({
  responses: async () => [await response()],
  done: async () => [await done()],
});

const WRITES: readonly { readonly what: string; readonly prepare: () => Promise<Attempt> }[] = [
  {
    what: 'an order',
    prepare: async () => {
      const note = mark();
      return one(
        () => order(cuttable, note),
        () => isOrdered(note),
      );
    },
  },
  {
    what: 'several orders at once',
    prepare: async () => {
      const notes = [mark(), mark(), mark(), mark()];
      return {
        responses: () => Promise.all(notes.map((note) => order(cuttable, note))),
        done: () => Promise.all(notes.map(isOrdered)),
      };
    },
  },
  {
    what: 'a cancellation',
    prepare: async () => {
      const { body } = await order(shop, mark());
      return one(
        () => post(cuttable, `/v1/orders/${body.id}/cancel`, buyer, {}),
        () => isThere("SELECT FROM orders WHERE id = $1::uuid AND status = 'cancelled'", body.id),
      );
    },
  },
  {
    what: 'a refund',
    prepare: async () => {
      const { body } = await order(shop, mark());
      await post(shop, `/v1/orders/${body.id}/pay`, manager, {});
      return one(
        () => post(cuttable, `/v1/orders/${body.id}/refunds`, manager, { amount: '1.00', restock: [{ productId, quantity: 1 }] }),
        () => isThere('SELECT FROM refunds WHERE order_id = $1::uuid', body.id),
      );
    },
  },
  {
    what: 'an edit',
    prepare: async () => {
      const brand = mark();
      return one(
        () => cuttable.call('patch', `/v1/products/${productId}`, { token: manager.token, body: { brand } }),
        () => isThere('SELECT FROM products WHERE brand = $1', brand),
      );
    },
  },
  {
    what: 'a log-in',
    prepare: async () => {
      // A success, so that the attempts that were cut do not add up to a refusal.
      await logIn(shop, visitor.email);
      await shop.query('DELETE FROM refresh_tokens WHERE user_id = $1::uuid', [visitor.id]);
      return one(
        () => cuttable.call('post', '/v1/auth/login', { body: { email: visitor.email, password: PASSWORD } }),
        () => isThere('SELECT FROM refresh_tokens WHERE user_id = $1::uuid', visitor.id),
      );
    },
  },
  {
    what: 'a refresh',
    prepare: async () => {
      const { refreshToken } = await logIn(shop, visitor.email);
      return one(
        () => cuttable.call('post', '/v1/auth/refresh', { body: { refreshToken } }),
        () =>
          isThere(
            'SELECT FROM refresh_tokens WHERE token_hash = $1 AND replaced_by IS NOT NULL',
            createHash('sha256').update(refreshToken).digest('base64url'),
          ),
      );
    },
  },
  {
    what: 'a change of the password',
    prepare: async () => {
      const { id, token } = await signUp(shop);
      const [before] = await shop.query<{ hash: string }>('SELECT password_hash AS hash FROM users WHERE id = $1::uuid', [id]);
      return one(
        () => cuttable.call('put', '/v1/me/password', { token, body: { currentPassword: PASSWORD, newPassword: 'battery horse correct' } }),
        () => isThere('SELECT FROM users WHERE id = $1::uuid AND password_hash <> $2', id, before?.hash),
      );
    },
  },
  {
    what: 'a registration',
    prepare: async () => {
      const username = mark().replace(' ', '-');
      const names = { firstName: 'Test', lastName: 'Person' };
      return one(
        () =>
          cuttable.call('post', '/v1/auth/register', {
            body: { email: `${username}@example.com`, username, password: PASSWORD, ...names },
          }),
        () => isThere('SELECT FROM users WHERE username = $1', username),
      );
    },
  },
  {
    what: 'a credit',
    prepare: async () => {
      const note = mark();
      return one(
        () => post(cuttable, `/v1/users/${buyer.id}/balance/entries`, admin, { amount: '1.00', kind: 'credit', note }),
        () => isThere('SELECT FROM balance_entries WHERE note = $1', note),
      );
    },
  },
  {
    what: 'a stock movement',
    prepare: async () => {
      const note = mark();
      return one(
        () => post(cuttable, '/v1/stock-movements', manager, { productId, delta: 1, reason: 'restock', note }),
        () => isThere('SELECT FROM stock_movements WHERE note = $1', note),
      );
    },
  },
];

interface Outcome {
  readonly code: string;
  readonly isDone: boolean;
}

/** Makes the write with one cut; returns null once there was no such message to cut at. */
async function writeWithCut(prepare: () => Promise<Attempt>, cut: Cut): Promise<readonly Outcome[] | null> {
  const attempt = await prepare();
  const [backend] = await cuttable.sequelize.query<{ pid: number }>('SELECT pg_backend_pid() AS pid', { type: QueryTypes.SELECT });
  proxy.cutAt(cut);
  const responses = await attempt.responses();
  if (!proxy.pass()) {
    expect(responses.map(({ status }) => status < 300)).toEqual(responses.map(() => true));
    return null;
  }
  // PostgreSQL finishes what it was sent before it notices that the client has gone.
  while (await isThere('SELECT FROM pg_stat_activity WHERE pid = $1', backend?.pid));
  const done = await attempt.done();
  return responses.map(({ status, body, headers }, at) => {
    if (status >= 400) expect({ status, retryAfter: headers['retry-after'] }).toEqual(refusalOf(body.code));
    return { code: status < 400 ? 'done' : body.code, isDone: done[at] === true };
  });
}

const refusalOf = (code: string) => ({ status: 503, retryAfter: code === 'outcome_unknown' ? undefined : '1' });

const SIDES = ['client', 'server'] as const;

test.each(WRITES.flatMap(({ what, prepare }) => SIDES.map((side) => ({ what, prepare, side }))))(
  'tells the truth about $what, wherever the connection breaks ($side side)',
  async ({ prepare, side }) => {
    const outcomes: Outcome[] = [];
    for (let message = 1; ; message++) {
      const some = await writeWithCut(prepare, { side, message });
      if (some === null) break;
      outcomes.push(...some);
    }
    const codes = new Set(outcomes.map(({ code }) => code));
    expect([...codes].filter((code) => !['done', 'unavailable', 'outcome_unknown'].includes(code))).toEqual([]);
    expect(outcomes.filter(({ code, isDone }) => code === 'done' && !isDone)).toEqual([]);
    expect(outcomes.filter(({ code, isDone }) => code === 'unavailable' && isDone)).toEqual([]);
    // A lost request commits nothing; a lost answer leaves done work behind.
    const unknown = outcomes.filter(({ code }) => code === 'outcome_unknown');
    expect(unknown.length).toBeGreaterThan(0);
    if (side === 'server') expect(unknown.some(({ isDone }) => isDone)).toBe(true);
  },
);
