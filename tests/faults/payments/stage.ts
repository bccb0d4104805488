import { Client } from 'pg';
import type { FakeProvider, Message, Send } from '../../sales/payments/support/fake-provider';
import type { Ground } from '../load';

/** What takes part in a run: two processes over one database, and the provider that tells them of payments. */
export interface Stage {
  readonly ground: Ground;
  readonly urls: readonly [string, string];
  /** The database, for its superuser. */
  readonly database: Client;
  readonly provider: FakeProvider;
}

/** An order that waits for its payment. */
export interface Placed {
  readonly id: string;
  readonly orderNumber: string;
  readonly total: string;
  readonly currency: string;
}

/** Places orders of one piece with external payment, eight at a time. */
export async function placeOrders({ ground, urls }: Stage, count: number): Promise<Placed[]> {
  const placed: Placed[] = [];
  const work = async (worker: number) => {
    for (let turn = worker; turn < count; turn += 8) {
      const { token } = ground.buyers[turn % ground.buyers.length] as Ground['buyers'][number];
      const productId = ground.products[turn % ground.products.length];
      const body = { items: [{ productId, quantity: 1 }], paymentMethod: 'external' };
      placed.push((await post(`${urls[turn % 2]}/v1/orders`, { authorization: `Bearer ${token}` }, JSON.stringify(body))).body as Placed);
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, worker) => work(worker)));
  return placed;
}

/** Cancels an order, by the administrator. */
export async function cancelOrder({ ground, urls }: Stage, id: string): Promise<void> {
  await post(`${urls[0]}/v1/orders/${id}/cancel`, { authorization: `Bearer ${ground.administrator}` }, '{}');
}

/** Returns what sends messages to the two processes in turn. */
export function senderTo({ urls }: Stage): Send {
  let turn = 0;
  return (headers, body) => {
    turn += 1;
    return post(`${urls[turn % 2]}/v1/payments/webhook`, headers, body);
  };
}

/** Returns the message that an order is paid, under a reference. */
export function successOf({ provider }: Stage, order: Placed, reference: string, values: object = {}): Message {
  const { orderNumber, total: amount, currency } = order;
  return provider.message({ type: 'payment.succeeded', data: { reference, orderNumber, amount, currency, ...values } });
}

/** Opens the database. */
export async function openDatabase(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Returns the first column of the first row of a statement. */
export async function askFor<T>(database: Client, sql: string, values: readonly unknown[] = []): Promise<T> {
  const { rows } = await database.query({ text: sql, values: [...values], rowMode: 'array' });
  return rows[0]?.[0] as T;
}

async function post(url: string, headers: Readonly<Record<string, string>>, body: string) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  const answer = (await response.json()) as unknown;
  if (response.status >= 500 || (response.status >= 400 && !url.endsWith('/webhook'))) {
    throw new Error(`POST ${url} → ${response.status} ${JSON.stringify(answer)}`);
  }
  return { status: response.status, body: answer };
}
