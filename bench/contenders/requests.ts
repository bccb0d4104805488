import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What the hand-written contenders understand; validation is no more than what their statements need. */
export interface OrderRequest {
  readonly userId: string;
  readonly items: readonly { readonly productId: string; readonly quantity: number }[];
}

export const PAGE_SIZE = 20;
export const POOL_SIZE = 10;

/** A new order's id and number. */
export const newOrder = () => {
  const id = randomUUID();
  return { id, number: `B-${id.slice(-12).toUpperCase()}` };
};

/** `after=<moment>,<id>`: the place in the list, or null for its beginning. */
export function placeOf(after: string | null | undefined): readonly [string, string] | null {
  const [moment, id] = (after ?? '').split(',');
  return moment && id ? [moment, id] : null;
}

/** The last place of a page, for the walk to go on from. */
export const afterOf = (rows: readonly { createdAt: Date | string; id: string }[]) => {
  const last = rows.at(-1);
  return last ? `${new Date(last.createdAt).toISOString()},${last.id}` : null;
};

/** The whole body of a request, as JSON. */
export async function bodyOf(request: IncomingMessage): Promise<OrderRequest> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return JSON.parse(text) as OrderRequest;
}
