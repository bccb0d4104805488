import { imageBytes, makeMedium } from '../../factories/media';
import { makeProduct } from '../../factories/products';
import { CART_WRITES } from './cart-writes';
import { ORDER_WRITES } from './order-writes';
import { type Cast, imported, made, numbered, type Prepare, unique, verbs, type Write } from './prepare-write';

const WEBHOOK = { url: 'https://receiver.example/hooks', eventTypes: ['orders.*'] };
const PASSWORD = 'a horse of another colour';

function userValues(): Promise<object> {
  const name = `shopper${numbered()}`;
  return Promise.resolve({ email: `${name}@example.com`, username: name, password: PASSWORD, firstName: 'Test', lastName: 'Person' });
}

const orderOf = async (cast: Cast, owners: 'products' | 'product-groups', id: string): Promise<Write> => {
  const owner = owners === 'products' ? 'productId' : 'groupId';
  const image = () => made(cast, '/v1/images', { [owner]: id, url: 'https://cdn.example/a.webp' });
  const [first, second] = [await image(), await image()];
  return { path: `/v1/${owners}/${id}/images/order`, by: cast.admin, body: { imageIds: [second, first] } };
};

/** Each write that can be tried, by operation id. */
export const EVERY_WRITE: Readonly<Record<string, Prepare>> = {
  register: async ({ buyer }) => ({ path: '/v1/auth/register', by: buyer, body: await userValues() }),
  importProducts: imported('/v1/products', 'sku,name,price', () => `${unique('TEA')},Chai,18.00`),
  importCategories: imported('/v1/categories', 'slug,name', () => `${unique('drinks').replace(' ', '-')},Drinks`),
  importProductGroups: imported('/v1/product-groups', 'slug,name', () => `${unique('shirt').replace(' ', '-')},T-shirt`),
  importTags: imported('/v1/tags', 'slug,name', () => `${unique('tag').replace(' ', '-')},Tag`),
  importUsers: imported('/v1/users', 'email,username,firstName,lastName', () => {
    const name = unique('listed').replace(' ', '');
    return `${name}@example.com,${name},Test,Person`;
  }),
  patchMe: async ({ buyer }) => ({ path: '/v1/me', by: buyer, body: { firstName: unique('Ana') } }),
  patchMyProfile: async ({ buyer }) => ({ path: '/v1/me/profile', by: buyer, body: { displayName: unique('Ana') } }),
  ...verbs('/v1/users', 'User', userValues, { firstName: 'Ana' }, false),
  patchUserProfile: async ({ admin, buyer }) => ({
    path: `/v1/users/${buyer.id}/profile`,
    by: admin,
    body: { displayName: unique('Ben') },
  }),
  assignRole: async (cast) => ({
    path: `/v1/users/${await made(cast, '/v1/users', await userValues())}/roles`,
    by: cast.admin,
    body: { role: 'support' },
  }),
  revokeRole: async (cast) => ({ path: `/v1/users/${await made(cast, '/v1/users', await userValues())}/roles/customer`, by: cast.admin }),
  ...verbs('/v1/roles', 'Role', async () => ({ name: unique('packer').replace(' ', '-') }), { description: 'Packs.' }, false),
  setRolePermissions: async (cast) => ({
    path: `/v1/roles/${await made(cast, '/v1/roles', { name: unique('shipper').replace(' ', '-') })}/permissions`,
    by: cast.admin,
    body: { permissions: ['orders:read', 'orders:ship'] },
  }),
  ...verbs('/v1/categories', 'Category', async () => ({ name: unique('Drinks') }), { description: 'Cold.' }),
  moveCategory: async (cast) => {
    const parentId = await made(cast, '/v1/categories', { name: unique('Parent') });
    return {
      path: `/v1/categories/${await made(cast, '/v1/categories', { name: unique('Child') })}/move`,
      by: cast.admin,
      body: { parentId },
    };
  },
  repairCategoryTree: async (cast) => ({ path: '/v1/categories/integrity/repair', by: cast.admin, body: undefined }),
  reorderCategories: async (cast) => {
    const parentId = await made(cast, '/v1/categories', { name: unique('Parent') });
    const first = await made(cast, '/v1/categories', { name: unique('First'), parentId });
    const second = await made(cast, '/v1/categories', { name: unique('Second'), parentId });
    return { path: '/v1/categories/reorder', by: cast.admin, body: { parentId, ids: [second, first] } };
  },
  ...verbs('/v1/products', 'Product', async () => ({ name: unique('Chai'), sku: unique('TEA'), price: '18.00' }), { price: '19.00' }),
  ...verbs('/v1/product-groups', 'ProductGroup', async () => ({ name: unique('T-shirt') }), { name: 'Shirt' }),
  renameOption: async (cast) => {
    const options = [{ name: 'Size', values: ['S'] }];
    const products = [{ sku: unique('SHIRT'), price: '18.00', optionValues: { Size: 'S' } }];
    const id = await made(cast, '/v1/product-groups', { name: unique('Shirt'), options, products });
    return { path: `/v1/product-groups/${id}/rename-option`, by: cast.admin, body: { option: 'Size', value: 'S', to: 'Small' } };
  },
  ...verbs('/v1/tags', 'Tag', async () => ({ name: unique('Organic') }), { name: 'Another' }),
  ...verbs(
    '/v1/images',
    'Image',
    async ({ shop, admin }) => ({ productId: await makeProduct(shop, admin), url: 'https://cdn.example/a.webp' }),
    {
      altText: 'A box',
    },
  ),
  ...verbs(
    '/v1/reviews',
    'Review',
    async ({ shop, admin }) => ({ productId: await makeProduct(shop, admin), rating: 5 }),
    { rating: 4 },
    false,
  ),
  ...verbs('/v1/posts', 'Post', async () => ({ title: unique('How to brew'), body: 'Boil.', status: 'published' }), { body: 'Boil it.' }),
  importPosts: imported('/v1/posts', 'slug,title', () => `${unique('brewing').replace(' ', '-')},Brewing`),
  ...verbs(
    '/v1/comments',
    'Comment',
    async ({ shop, admin }) => ({ commentableType: 'Product', commentableId: await makeProduct(shop, admin), content: 'Fine.' }),
    { content: 'Very fine.' },
    false,
  ),
  orderProductImages: async (cast) => orderOf(cast, 'products', await makeProduct(cast.shop, cast.admin)),
  orderProductGroupImages: async (cast) =>
    orderOf(cast, 'product-groups', await made(cast, '/v1/product-groups', { name: unique('Shirt') })),
  uploadMedium: async ({ admin }) => ({
    path: '/v1/media',
    by: admin,
    body: await imageBytes(),
    headers: { 'Content-Type': 'image/png' },
  }),
  deleteMedium: async ({ shop, admin }) => ({ path: `/v1/media/${(await makeMedium(shop, admin)).id}`, by: admin }),
  bulkMedia: async ({ shop, admin }) => ({
    path: '/v1/media/bulk',
    by: admin,
    body: { operations: [{ op: 'delete', id: (await makeMedium(shop, admin)).id }] },
  }),
  tagProduct: async (cast) => {
    const tagId = await made(cast, '/v1/tags', { name: unique('Fresh') });
    return { path: `/v1/products/${await makeProduct(cast.shop, cast.admin)}/tags/${tagId}`, by: cast.admin };
  },
  untagProduct: async (cast) => {
    const tagId = await made(cast, '/v1/tags', { name: unique('Stale') });
    const path = `/v1/products/${await makeProduct(cast.shop, cast.admin)}/tags/${tagId}`;
    await cast.shop.call('put', path, { token: cast.admin.token });
    return { path, by: cast.admin };
  },
  setPrice: async ({ shop, admin }) => ({
    path: `/v1/products/${await makeProduct(shop, admin)}/prices`,
    by: admin,
    body: { kind: 'sale', amount: '8.00' },
  }),
  endPrice: async (cast) => {
    const path = `/v1/products/${await makeProduct(cast.shop, cast.admin)}/prices`;
    return { path: `${path}/${await made(cast, path, { kind: 'sale', amount: '8.00' })}`, by: cast.admin };
  },
  changePrices: async ({ shop, admin }) => ({
    path: '/v1/products/price-changes',
    by: admin,
    body: { filter: { id: await makeProduct(shop, admin) }, limit: 1, change: { percent: '10' } },
  }),
  creditBalance: async ({ admin, buyer }) => ({
    path: `/v1/users/${buyer.id}/balance/entries`,
    by: admin,
    body: { amount: '100.00', kind: 'credit' },
  }),
  ...ORDER_WRITES,
  adjustStock: async ({ shop, admin }) => ({
    path: '/v1/stock-movements',
    by: admin,
    body: { productId: await makeProduct(shop, admin), delta: 5, reason: 'restock' },
  }),
  setStock: async ({ shop, admin }) => ({
    path: `/v1/products/${await makeProduct(shop, admin)}/stock`,
    by: admin,
    body: { quantity: 24, expected: 10, reason: 'adjustment' },
  }),
  ...verbs(
    '/v1/webhooks',
    'Webhook',
    async () => ({ url: 'https://receiver.example/hooks', eventTypes: ['orders.*'] }),
    { description: 'Ours' },
    false,
  ),
  rotateWebhookSecret: async (cast) => {
    const id = await made(cast, '/v1/webhooks', WEBHOOK);
    return { path: `/v1/webhooks/${id}/rotate-secret`, by: cast.admin, body: {} };
  },
  testWebhook: async (cast) => ({ path: `/v1/webhooks/${await made(cast, '/v1/webhooks', WEBHOOK)}/test`, by: cast.admin }),
  redeliverWebhookDelivery: async (cast) => {
    const id = await made(cast, '/v1/webhooks', WEBHOOK);
    const { body } = await cast.shop.call('post', `/v1/webhooks/${id}/test`, { token: cast.admin.token });
    await cast.shop.query(`UPDATE webhook_deliveries SET status = 'delivered', finished_at = now() WHERE id = $1::uuid`, [body.id]);
    return { path: `/v1/webhooks/${id}/deliveries/${body.id}/redeliver`, by: cast.admin };
  },
  ...verbs('/v1/tax-rates', 'TaxRate', async () => ({ country: 'DE', taxClass: `class-${numbered()}`, name: 'VAT', rate: 19 }), {
    name: 'USt.',
  }),
  ...verbs(
    '/v1/shipping-methods',
    'ShippingMethod',
    async () => ({ code: `method-${numbered()}`, name: 'Standard', bands: [{ upTo: null, price: '4.90' }] }),
    { name: 'Parcel' },
  ),
  ...verbs('/v1/discount-codes', 'DiscountCode', async () => ({ code: `CODE-${numbered()}`, kind: 'percent', value: '10.00' }), {
    description: 'For spring',
  }),
  ...verbs(
    '/v1/addresses',
    'Address',
    async () => ({ label: 'Home', address: { city: 'Berlin', country: 'DE' } }),
    { label: 'Work' },
    false,
  ),
  repairInvariant: async ({ admin }) => ({
    path: '/v1/operations/invariants/code-uses-are-orders/repair',
    by: admin,
    body: { reason: 'Counted by hand' },
  }),
  ...CART_WRITES,
};
