import { randomBytes } from 'node:crypto';
import type { Call, Shop } from './shop';

type Json = Record<string, unknown>;

/** Values that match the objects of the shop. */
export interface Fixtures {
  /** Returns a path parameter of an operation, which may change or delete the object that it names. */
  parameter(operationId: string, name: string): string;
  /** The objects that bodies refer to. */
  readonly references: References;
}

type Documented = { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>> };

/** Objects that no operation deletes. */
export interface References {
  readonly productId: string;
  readonly parentId: string;
}

/** Creates an object for each operation that takes one, in the state that the operation needs. */
export async function makeFixtures({ call, colleague }: Callers, { paths }: Documented): Promise<Fixtures> {
  const productId = await make(call, 'products');
  const parentId = await make(call, 'categories');
  const tagId = await make(call, 'tags');
  const { id: administratorId } = await call('GET', '/v1/me');
  // The administrator pays the generated orders from this balance.
  await colleague('POST', `/v1/users/${administratorId}/balance/entries`, { amount: '1000000.00', kind: 'credit' });
  const ids = new Map<string, string>();
  for (const [path, operations] of Object.entries(paths)) {
    const collection = /^\/v1\/([\w-]+)\/\{id\}/.exec(path)?.[1];
    if (!collection) continue;
    for (const { operationId } of Object.values(operations)) {
      ids.set(operationId, await prepare({ call, colleague }, collection, operationId, { productId, tagId }));
    }
  }
  return {
    parameter: (operationId, name) => (name === 'id' ? String(ids.get(operationId)) : name === 'role' ? 'support' : tagId),
    references: { productId, parentId },
  };
}

type Callers = Pick<Shop, 'call' | 'colleague'>;
type Shared = Readonly<Record<'productId' | 'tagId', string>>;

async function prepare(
  { call, colleague }: Callers,
  collection: string,
  operationId: string,
  { productId, tagId }: Shared,
): Promise<string> {
  if (collection === 'orders') return prepareOrder({ call, colleague }, operationId, productId);
  if (['refunds', 'stock-movements', 'audit-logs'].includes(collection)) return latest({ call, colleague }, collection, productId);
  const id = await make(call, collection);
  if (operationId.startsWith('restore')) await call('DELETE', `/v1/${collection}/${id}`);
  if (operationId === 'revokeRole') await call('POST', `/v1/users/${id}/roles`, { role: 'support' });
  if (operationId === 'untagProduct') await call('PUT', `/v1/products/${id}/tags/${tagId}`);
  return id;
}

const STEPS: Readonly<Record<string, readonly string[]>> = {
  shipOrder: ['pay'],
  completeOrder: ['pay', 'ship'],
  refundOrder: ['pay', 'ship', 'complete'],
};

async function prepareOrder({ call, colleague }: Callers, operationId: string, productId: string): Promise<string> {
  const order = await colleague('POST', '/v1/orders', { items: [{ productId, quantity: 10_000 }], paymentMethod: 'external' });
  for (const step of STEPS[operationId] ?? []) await call('POST', `/v1/orders/${order.id}/${step}`);
  return String(order.id);
}

async function latest({ call, colleague }: Callers, collection: string, productId: string): Promise<string> {
  if (collection === 'refunds') {
    const orderId = await prepareOrder({ call, colleague }, 'refundOrder', productId);
    return String((await call('POST', `/v1/orders/${orderId}/refunds`, { amount: '1.00' })).id);
  }
  const { data } = (await call('GET', `/v1/${collection}?limit=1`)) as { data: [{ id: string }] };
  return data[0].id;
}

async function make(call: Call, collection: string): Promise<string> {
  const key = randomBytes(6).toString('hex');
  const bodies: Readonly<Record<string, Json>> = {
    products: { name: `Product ${key}`, sku: `SKU-${key}`, price: '10.00', stockQuantity: 100_000_000, status: 'active' },
    categories: { name: `Category ${key}` },
    tags: { name: `Tag ${key}` },
    posts: { title: `Post ${key}`, body: 'Boil the water first.', status: 'published' },
    roles: { name: `role-${key}` },
    users: { email: `p${key}@example.com`, username: `person-${key}`, password: 'correct horse', firstName: 'Test', lastName: 'Person' },
  };
  if (collection === 'reviews')
    return String((await call('POST', '/v1/reviews', { productId: await make(call, 'products'), rating: 5 })).id);
  if (collection === 'comments') return String((await call('POST', '/v1/comments', await newComment(call))).id);
  const body = bodies[collection] ?? { productId: await make(call, 'products'), url: 'https://cdn.example/chai.webp' };
  return String((await call('POST', `/v1/${collection}`, body)).id);
}

async function newComment(call: Call): Promise<Json> {
  return { commentableType: 'Product', commentableId: await make(call, 'products'), content: 'Fine.' };
}
