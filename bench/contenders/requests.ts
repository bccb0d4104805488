import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The requests of the hand-written contenders, which validate only what their statements need. */
export interface OrderRequest {
  readonly userId: string;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

export const PAGE_SIZE = 20;
export const POOL_SIZE = 10;

/** Returns a new order's id and number. */
export const newOrder = () => {
  const id = randomUUID();
  return { id, number: `B-${id.slice(-12).toUpperCase()}` };
};

/** Returns the position of `after=<time>,<id>`; null for the beginning of the list. */
export function placeOf(after: string | null | undefined): readonly [string, string] | null {
  const [moment, id] = (after ?? '').split(',');
  return moment && id ? [moment, id] : null;
}

/** Returns the position of a page's last row. */
export const afterOf = (rows: readonly { createdAt: Date | string; id: string }[]) => {
  const last = rows.at(-1);
  return last ? `${new Date(last.createdAt).toISOString()},${last.id}` : null;
};

/** Reads the body of a request as JSON. */
export async function bodyOf(request: IncomingMessage): Promise<OrderRequest> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return JSON.parse(text) as OrderRequest;
}
