import request from 'supertest';
import type { Person } from '../../../factories/people';
import type { Shop } from '../../../support/shop';

/** Makes an import wait for no report. */
export const ASYNC = { Prefer: 'respond-async' };

/** Returns the lines of so many products, as `sku,name,price`. */
export function rowsLike(count: number, prefix: string): string {
  return Array.from({ length: count }, (_, n) => `${prefix}-${n},${prefix} ${n},1.00`).join('\n');
}

/** The calls of somebody who imports CSV files, and what they find afterwards. */
export function importCalls(shop: Shop, importer: Person) {
  return {
    send: async (path: string, file: string | Buffer, headers: Record<string, string> = {}, server = shop.server) => {
      const call = request(server).post(path).set('Authorization', `Bearer ${importer.token}`).set('Content-Type', 'text/csv');
      for (const [name, value] of Object.entries(headers)) call.set(name, value);
      return call.send(file as string);
    },
    report: async (id: string) => (await shop.call('get', `/v1/imports/${id}`, { token: importer.token })).body,
    countOf: async (prefix: string) =>
      (await shop.query<{ n: number }>("SELECT count(*)::int AS n FROM products WHERE sku LIKE $1 || '-%'", [prefix]))[0]?.n,
  };
}
