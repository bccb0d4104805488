import type { Ground } from '../load';

/** One write of a trial, to be sent again and again under one key. */
export interface Write {
  readonly path: string;
  readonly token?: string;
  /** JSON, or the text of a CSV file. */
  readonly body: object | string;
}

/** Sends a request to the process that nothing happens to, and returns its body. */
export type Prepare = (path: string, token: string, body: object) => Promise<{ readonly id: string }>;

/** Returns the next write of a kind; `mark` is unique. */
export type MakeWrite = (ground: Ground, mark: string, prepare: Prepare) => Promise<Write>;

const order = (ground: Ground, paymentMethod: string) => ({ items: [{ productId: ground.products[0], quantity: 1 }], paymentMethod });
const buyerOf = (ground: Ground) => ground.buyers[0] as Ground['buyers'][number];

/** The kinds of writes. */
export const WRITES: Readonly<Record<string, MakeWrite>> = {
  order: async (ground) => ({ path: '/v1/orders', token: buyerOf(ground).token, body: order(ground, 'external') }),
  refund: async (ground, _mark, prepare) => {
    const { id } = await prepare('/v1/orders', buyerOf(ground).token, order(ground, 'external'));
    await prepare(`/v1/orders/${id}/pay`, ground.administrator, {});
    return { path: `/v1/orders/${id}/refunds`, token: ground.administrator, body: { amount: '1.00' } };
  },
  register: async (_ground, mark) => ({
    path: '/v1/auth/register',
    body: { email: `${mark}@example.com`, username: mark, password: 'correct horse battery', firstName: 'A', lastName: 'Customer' },
  }),
  create: async (ground, mark) => ({ path: '/v1/tags', token: ground.administrator, body: { name: mark } }),
  bulk: async (ground, mark) => ({
    path: '/v1/tags/bulk',
    token: ground.administrator,
    body: { atomic: true, operations: [1, 2, 3].map((n) => ({ op: 'create', data: { name: `${mark} ${n}` } })) },
  }),
  import: async (ground, mark) => ({
    path: '/v1/tags/import',
    token: ground.administrator,
    body: `slug,name\n${[1, 2, 3].map((n) => `${mark}-${n},Imported\n`).join('')}`,
  }),
};
