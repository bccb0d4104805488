import type { Answer, Request } from './client';

/** What the load writes to, and as whom. */
export interface Ground {
  readonly administrator: string;
  readonly products: readonly string[];
  readonly categories: readonly string[];
  readonly buyers: readonly { readonly id: string; readonly token: string }[];
}

/** Sends one write and returns its answer. */
export type Send = (request: Request) => Promise<Answer>;

/** Runs the writes of one client until `isOver`: orders and what becomes of them, credits, stock, edits; most on a few hot rows. */
export async function writeUntil(isOver: () => boolean, ground: Ground, send: Send): Promise<void> {
  while (!isOver()) await oneOf([placeAndFollow, placeAndFollow, credit, adjust, editProduct, editCategory])(ground, send);
}

async function placeAndFollow(ground: Ground, send: Send): Promise<void> {
  const buyer = oneOf(ground.buyers);
  const paymentMethod = oneOf(['balance', 'external']);
  const items = [...new Set([hot(ground.products), oneOf(ground.products)])].map((productId) => ({ productId, quantity: 1 + whole(3) }));
  const placed = await send({
    kind: `order (${paymentMethod})`,
    method: 'POST',
    path: '/v1/orders',
    token: buyer.token,
    body: { items, paymentMethod },
    markedMember: 'note',
  });
  if (placed?.status !== 201) return;
  const path = `/v1/orders/${String(placed.body.id)}`;
  const move = (kind: string) => send({ kind, method: 'POST', path: `${path}/${kind}`, token: ground.administrator });
  if (paymentMethod === 'external' && whole(4) > 0) await move('pay');
  await oneOf([
    () => move('cancel'),
    // Both at once: the second must be refused, or repeat nothing.
    () => Promise.all([move('cancel'), move('cancel')]),
    () => refund(path, placed.body, ground, send),
    () => move('ship').then(() => move('complete')),
  ])();
}

async function refund(path: string, { total, items }: Record<string, unknown>, { administrator }: Ground, send: Send): Promise<void> {
  const [line] = items as { productId: string }[];
  const amount = (Number(total) / 2).toFixed(2);
  const one = () =>
    send({
      kind: 'refund',
      method: 'POST',
      path: `${path}/refunds`,
      token: administrator,
      body: { amount, restock: line ? [{ productId: line.productId, quantity: 1 }] : [] },
      markedMember: 'reason',
    });
  // Three halves of the total: one of them must be refused.
  await Promise.all([one(), one(), one()]);
}

async function credit({ buyers, administrator }: Ground, send: Send): Promise<void> {
  const path = `/v1/users/${hot(buyers).id}/balance/entries`;
  await send({
    kind: 'credit',
    method: 'POST',
    path,
    token: administrator,
    body: { amount: '250.00', kind: 'credit' },
    markedMember: 'note',
  });
}

async function adjust({ products, administrator }: Ground, send: Send): Promise<void> {
  const body = { productId: hot(products), delta: 40, reason: 'restock' };
  await send({ kind: 'stock', method: 'POST', path: '/v1/stock-movements', token: administrator, body, markedMember: 'note' });
}

async function editProduct({ products, administrator }: Ground, send: Send): Promise<void> {
  const path = `/v1/products/${hot(products)}`;
  await send({ kind: 'edit of a product', method: 'PATCH', path, token: administrator, body: {}, markedMember: 'description' });
}

async function editCategory({ categories, administrator }: Ground, send: Send): Promise<void> {
  const path = `/v1/categories/${oneOf(categories)}`;
  await send({ kind: 'edit of a category', method: 'PATCH', path, token: administrator, body: {}, markedMember: 'description' });
}

/* One of the first two: rows that everybody wants. */
const hot = <T>(of: readonly T[]): T => oneOf(of.slice(0, 2));
const whole = (below: number) => Math.floor(Math.random() * below);

function oneOf<T>(of: readonly T[]): T {
  const chosen = of[whole(of.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
}
