import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, customer } = useShop({ manager: 'admin', customer: 'customer' });

const bySlug = (slug: string, query = '', token?: string) => shop.call('get', `/v1/products/slug:${slug}${query}`, { token });
const patch = (id: string, body: object) => shop.call('patch', `/v1/products/${id}`, { token: manager.token, body });
const rename = async (id: string, ...slugs: readonly string[]) => {
  for (const slug of slugs) expect((await patch(id, { slug })).status).toBe(200);
};
const leadsTo = async (slug: string) => {
  const { status, headers, text } = await bySlug(slug);
  expect(text).toBe('');
  return [status, headers.location];
};

test('leads from each slug that a product had to the present one, with what the request asked for', async () => {
  const id = await makeProduct(shop, manager, { slug: 'first' });
  await rename(id, 'second', 'third');
  expect(await leadsTo('first')).toEqual([301, '/v1/products/slug:third']);
  expect(await leadsTo('second')).toEqual([301, '/v1/products/slug:third']);
  expect((await bySlug('second', '?include=tags,category&fields=id,slug')).headers.location).toBe(
    '/v1/products/slug:third?fields=id%2Cslug&include=tags%2Ccategory',
  );
  await rename(id, 'first');
  expect((await bySlug('first')).body).toMatchObject({ id });
  expect(await leadsTo('third')).toEqual([301, '/v1/products/slug:first']);
});

test('a slug belongs to the product that has it, and leads to the one that had it last', async () => {
  const earlier = await makeProduct(shop, manager, { slug: 'shared' });
  await rename(earlier, 'moved-away');
  const later = await makeProduct(shop, manager, { slug: 'shared' });
  expect((await bySlug('shared')).body).toMatchObject({ id: later });
  await rename(later, 'moved-too');
  expect(await leadsTo('shared')).toEqual([301, '/v1/products/slug:moved-too']);
});

test('tells nobody of a product that they may not see', async () => {
  const id = await makeProduct(shop, manager, { slug: 'seen' });
  await rename(id, 'hidden');
  await patch(id, { status: 'draft' });
  expect((await bySlug('seen')).status).toBe(404);
  expect((await bySlug('seen', '', customer.token)).status).toBe(404);
  expect((await bySlug('seen', '', manager.token)).status).toBe(301);
  expect((await shop.call('delete', `/v1/products/${id}`, { token: manager.token })).status).toBe(204);
  expect((await bySlug('seen', '', manager.token)).status).toBe(404);
  expect((await bySlug('seen', '?deleted=with', manager.token)).headers.location).toBe('/v1/products/slug:hidden?deleted=with');
});

test('forgets the slugs of a purged product, and keeps those that psql changed', async () => {
  const id = await makeProduct(shop, manager, { slug: 'by-hand' });
  await shop.query(`UPDATE products SET slug = 'by-psql' WHERE id = $1::uuid`, [id]);
  expect(await leadsTo('by-hand')).toEqual([301, '/v1/products/slug:by-psql']);
  expect((await shop.call('delete', `/v1/products/${id}?force=true`, { token: manager.token })).status).toBe(204);
  expect((await bySlug('by-hand')).status).toBe(404);
  expect(await shop.query('SELECT FROM former_slugs WHERE record_id = $1::uuid', [id])).toEqual([]);
});

test('leads to categories, too, and not from an unknown slug', async () => {
  const { body } = await shop.call('post', '/v1/categories', { token: manager.token, body: { name: 'Tea' } });
  await shop.call('patch', `/v1/categories/${body.id}`, { token: manager.token, body: { slug: 'teas' } });
  expect((await shop.call('get', '/v1/categories/slug:tea')).headers.location).toBe('/v1/categories/slug:teas');
  expect((await bySlug('tea')).body).toMatchObject({ status: 404, code: 'not_found' });
  expect((await bySlug('never')).status).toBe(404);
});
