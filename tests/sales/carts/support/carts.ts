import type { Response } from 'supertest';
import { systemContext } from '../../../../src/context/system-context';
import { unitOfWork } from '../../../../src/database/transaction/unit-of-work';
import { releaseCarts } from '../../../../src/sales/carts/hold/release-carts.queue';
import type { Method, Shop } from '../../../support/shop';

/** A guest: a cart, and the token that it was made with. */
export interface Guest {
  readonly id: string;
  readonly token: string;
  /** Sends a request below the cart with the guest's token. */
  call(method: Method, path?: string, body?: object): Promise<Response>;
}

/** Makes a guest's cart with these products, one or more of each. */
export async function guestCart(
  shop: Shop,
  items: readonly { productId: string; quantity: number }[],
  values: object = {},
): Promise<Guest> {
  const made = await shop.call('post', '/v1/carts', { body: { items, email: 'guest@example.com', ...values } });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const { id, token } = made.body as { id: string; token: string };
  return {
    id,
    token,
    call: (method, path = '', body) =>
      shop.call(method, `/v1/carts/${id}${path}`, { headers: { 'X-Guest-Token': token }, ...(body && { body }) }),
  };
}

/** Runs the job that ends the holds whose time has come. */
export async function releaseDueCarts(shop: Shop): Promise<void> {
  const ctx = systemContext(shop, 'jobs:release-carts', 'test');
  await unitOfWork(
    ctx,
    (tx) =>
      releaseCarts.work(tx as never, { id: '', data: { once: true }, attempt: 1, signal: AbortSignal.timeout(10_000) }) as Promise<void>,
  );
}
