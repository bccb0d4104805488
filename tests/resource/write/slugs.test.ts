import { makeProduct } from '../../factories/products';
import { type Shop, startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const call = (path: string, body: object, on: Shop = shop) => on.call('post', path, { token: admin.token, body });
const put = (id: string, body: object) => shop.call('put', `/v1/tags/${id}`, { token: admin.token, body });
const numbered = (slug: string, count: number) => Array.from({ length: count }, (_, n) => (n === 0 ? slug : `${slug}-${n + 1}`)).sort();

test.each([
  ['categories', 140],
  ['products', 220],
  ['tags', 120],
])('makes a slug within the column for any name of %s, also where nothing of the name remains', async (resource, max) => {
  const one = { categories: 'category', products: 'product', tags: 'tag' }[resource];
  const names = ['Łopata', 'Đồng hồ', 'Ægir œuf', 'Straße', '日本語', 'Суп борщ', 'ß'.repeat(100), '…', '¿?'];
  const slugs = ['lopata', 'dong-ho', 'aegir-oeuf', 'strasse', 'ri-ben-yu', 'sup-borshch', 's'.repeat(Math.min(max, 200)), one, `${one}-2`];
  for (const [index, name] of names.entries()) {
    const made = await call(`/v1/${resource}`, resource === 'products' ? { name, sku: `SLUG-${index}`, price: '1.00' } : { name });
    expect([name, made.status, made.body.slug]).toEqual([name, 201, slugs[index]]);
  }
});

test('numbers the slugs of twenty equal names that two servers create at once', async () => {
  const second = await startShop({ DATABASE_URL: String(shop.env.DATABASE_URL) });
  try {
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => call('/v1/tags', { name: 'Twenty' }, n % 2 === 0 ? shop : second)));
    expect(made.map(({ body }) => body.slug).sort()).toEqual(numbered('twenty', 20));
  } finally {
    await second.close();
  }
});

test('numbers the slugs of equal names while others give one of them explicitly, and refuses only those', async () => {
  const derived = Array.from({ length: 10 }, () => call('/v1/tags', { name: 'Raced' }));
  const given = Array.from({ length: 10 }, (_, n) => call('/v1/tags', { name: 'Given', slug: `raced-${n + 2}` }));
  expect((await Promise.all(derived)).map(({ status }) => status)).toEqual(Array(10).fill(201));
  for (const { status, body } of await Promise.all(given)) {
    if (status !== 201) expect(body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/slug', code: 'taken' }] });
  }
  const slugs = await shop.query<{ slug: string }>(`SELECT slug FROM tags WHERE slug LIKE 'raced%'`);
  expect(new Set(slugs.map(({ slug }) => slug)).size).toBe(slugs.length);
});

test('numbers a slug of the longest length within the column', async () => {
  const name = 'x'.repeat(100);
  const slug = 'x'.repeat(100);
  for (const expected of [slug, `${slug}-2`]) expect((await call('/v1/tags', { name })).body.slug).toBe(expected);
  const long = 'œ'.repeat(60);
  for (const expected of ['oe'.repeat(60), `${'oe'.repeat(59)}-2`, `${'oe'.repeat(59)}-3`])
    expect((await call('/v1/tags', { name: long })).body.slug).toBe(expected);
});

test('gives the slug of a deleted object to the next one', async () => {
  const { body } = await call('/v1/tags', { name: 'Freed' });
  await shop.call('delete', `/v1/tags/${body.id}`, { token: admin.token });
  expect((await call('/v1/tags', { name: 'Freed' })).body.slug).toBe('freed');
});

test('keeps a numbered slug in a PUT under the same name, and derives another under another name', async () => {
  await call('/v1/tags', { name: 'Kept' });
  const { body } = await call('/v1/tags', { name: 'Kept' });
  expect(body.slug).toBe('kept-2');
  expect((await put(body.id, { name: 'Kept' })).body.slug).toBe('kept-2');
  await call('/v1/tags', { name: 'Moved' });
  expect((await put(body.id, { name: 'Moved' })).body.slug).toBe('moved-2');
  expect((await put(body.id, { name: 'Moved', slug: 'own' })).body.slug).toBe('own');
});

test('refuses given values that are taken, names every one of them, and changes nothing', async () => {
  await makeProduct(shop, admin, { slug: 'taken', sku: 'TAKEN' });
  const id = await makeProduct(shop, admin);
  const before = await shop.query('SELECT * FROM products ORDER BY id');
  const taken = { slug: 'taken', sku: 'TAKEN' };
  const refusal = {
    status: 409,
    code: 'value_taken',
    detail: 'Another object already has this slug, another has this sku.',
    errors: [
      { pointer: '/slug', code: 'taken' },
      { pointer: '/sku', code: 'taken' },
    ],
  };
  const whole = { name: 'Other', price: '1.00', ...taken };
  expect((await call('/v1/products', whole)).body).toMatchObject(refusal);
  expect((await shop.call('patch', `/v1/products/${id}`, { token: admin.token, body: taken })).body).toMatchObject(refusal);
  expect((await shop.call('put', `/v1/products/${id}`, { token: admin.token, body: whole })).body).toMatchObject(refusal);
  expect(await shop.query('SELECT * FROM products ORDER BY id')).toEqual(before);
});

test('refuses a registration and names email and username where both are taken, in any case', async () => {
  const person = { email: 'both@example.com', username: 'both.taken', password: 'correct horse battery', firstName: 'A', lastName: 'B' };
  expect((await call('/v1/auth/register', person)).status).toBe(201);
  const again = await call('/v1/auth/register', { ...person, email: 'BOTH@example.com', username: 'Both.Taken' });
  expect(again.body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/email' }, { pointer: '/username' }] });
});

test('refuses to restore an object whose values are taken, and names every one of them', async () => {
  const id = await makeProduct(shop, admin, { slug: 'back', sku: 'BACK' });
  await shop.call('delete', `/v1/products/${id}`, { token: admin.token });
  await makeProduct(shop, admin, { slug: 'back', sku: 'BACK' });
  const { body } = await shop.call('post', `/v1/products/${id}/restore`, { token: admin.token });
  expect(body).toMatchObject({ status: 409, code: 'value_taken', errors: [{ pointer: '/slug' }, { pointer: '/sku' }] });
});
