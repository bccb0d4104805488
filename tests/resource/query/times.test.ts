import { DataTypes } from 'sequelize';
import { roles } from '../../../src/accounts/roles/role.resource';
import { users } from '../../../src/accounts/users/user.resource';
import { auditLogs } from '../../../src/audit/audit-log.resource';
import { categories } from '../../../src/catalogue/categories/category.resource';
import { images } from '../../../src/catalogue/images/image.resource';
import { products } from '../../../src/catalogue/products/product.resource';
import { tags } from '../../../src/catalogue/tags/tag.resource';
import type { Resource } from '../../../src/resource/definition/resource';
import { orders } from '../../../src/sales/orders/order.resource';
import { refunds } from '../../../src/sales/refunds/refund.resource';
import { stockMovements } from '../../../src/sales/stock/stock.resource';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, admin, buyer } = useShop({ admin: 'admin', buyer: 'customer' });

const RESOURCES: readonly Resource[] = [auditLogs, users, roles, products, categories, images, tags, orders, refunds, stockMovements];

beforeAll(async () => {
  const send = (path: string, body: object) => shop.call('post', path, { token: admin.token, body });
  const productId = await makeProduct(shop, admin);
  await send('/v1/images', { productId, url: 'https://example.org/1.jpg' });
  await send('/v1/categories', { name: 'Teas' });
  await send('/v1/tags', { name: 'Green' });
  const body = { items: [{ productId, quantity: 2 }], paymentMethod: 'external' };
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
  await shop.call('post', `/v1/orders/${id}/pay`, { token: admin.token });
  await send(`/v1/orders/${id}/refunds`, { amount: '1.00' });
});

const timesOf = ({ fields }: Resource) =>
  Object.entries(fields).flatMap(([name, { kind, filter }]) => (kind === 'timestamp' && filter ? [name] : []));

test.each(RESOURCES.map((resource) => [resource.name, resource] as const))(
  'a later time than the one shown leaves the row out, and at least that time finds it: %s',
  async (_name, resource) => {
    const list = async (query: string) =>
      (await shop.call('get', `${resource.prefix}?limit=100&${query}`, { token: admin.token })).body.data;
    for (const time of timesOf(resource)) {
      const row = (await list('')).find((candidate: Record<string, unknown>) => candidate[time] !== null);
      const idsOf = async (operator: string) => (await list(`${time}[${operator}]=${row[time]}`)).map(({ id }: { id: string }) => id);
      expect([time, row[time]]).toEqual([time, expect.stringMatching(/\.\d{3}Z$/)]);
      expect([time, await idsOf('gt'), await idsOf('lt')]).toEqual([
        time,
        expect.not.arrayContaining([row.id]),
        expect.not.arrayContaining([row.id]),
      ]);
      expect([time, await idsOf('gte'), await idsOf('lte')]).toEqual([
        time,
        expect.arrayContaining([row.id]),
        expect.arrayContaining([row.id]),
      ]);
    }
  },
);

test('keeps every time of every model in milliseconds', async () => {
  const times = Object.values(shop.sequelize.models).flatMap((model) =>
    Object.values(model.rawAttributes)
      .filter(({ type }) => type instanceof DataTypes.DATE)
      .map(({ field }) => ({ table: String(model.tableName), column: String(field) })),
  );
  expect(times.length).toBeGreaterThan(25);
  const kept = await shop.query<{ name: string }>(
    `SELECT attrelid::regclass || '.' || attname AS name FROM pg_attribute WHERE atttypid = 'timestamptz'::regtype AND atttypmod = 3`,
  );
  const names = new Set(kept.map(({ name }) => name));
  expect(times.filter(({ table, column }) => !names.has(`${table}.${column}`))).toEqual([]);
});
