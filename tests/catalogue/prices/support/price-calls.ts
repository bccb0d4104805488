import type { Person } from '../../../factories/people';
import type { Shop } from '../../../support/shop';

const DAY_MS = 86_400_000;

/** A price as a list shows it. */
type Shown = Readonly<Record<string, string>>;

/** Returns the time in a number of days. */
export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

/** Returns the calls of the tests of prices, as the manager. */
export function priceCalls(shop: Shop, manager: Person) {
  return {
    read: async (id: string, query = '') => (await shop.call('get', `/v1/products/${id}${query}`)).body,
    set: (id: string, body: object) => shop.call('post', `/v1/products/${id}/prices`, { token: manager.token, body }),
    end: (id: string, price: unknown) => shop.call('delete', `/v1/products/${id}/prices/${price}`, { token: manager.token }),
    patch: (id: string, body: object) => shop.call('patch', `/v1/products/${id}`, { token: manager.token, body }),
    timeline: async (id: string) =>
      (await shop.call('get', `/v1/products/${id}/prices?sort=validFrom`, { token: manager.token })).body.data as Shown[],
    letPass: (id: string, time: string) => letPass(shop, id, time),
  };
}

/* Moves the timeline of a product back, as if that time had passed since; nothing but its owner can, without the triggers. */
async function letPass({ owner }: Shop, productId: string, time: string): Promise<void> {
  await owner.transaction(async (transaction) => {
    const run = (sql: string) => owner.query(sql, { transaction });
    const back = (...columns: string[]) => columns.map((name) => `${name} = ${name} - interval '${time}'`).join(', ');
    await run('ALTER TABLE price_entries DISABLE TRIGGER USER; ALTER TABLE products DISABLE TRIGGER USER');
    await run(`UPDATE price_entries SET ${back('valid_from', 'valid_to')} WHERE product_id = '${productId}'`);
    await run(`UPDATE products SET ${back('created_at', 'price_changes_at', 'on_sale_until')} WHERE id = '${productId}'`);
    await run('ALTER TABLE price_entries ENABLE TRIGGER USER; ALTER TABLE products ENABLE TRIGGER USER');
  });
}
