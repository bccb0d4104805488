import { isBlank, trimmed } from '../../src/schema/text';
import { makeProduct } from '../factories/products';
import { useShop } from '../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });

const NOTHING = [' ', '\u00a0', '\u3000', '\u200b', '\u2060', '\ufeff', '\u2800', '\u3164', '\u{e0041}', ' \t\u00a0\u200d\u3000 '];

const send = (method: 'post' | 'patch', path: string, body: object) => shop.call(method, path, { token: admin.token, body });

test.each([
  ['/v1/products', { sku: 'BLANK', price: '1.00' }, 'name'],
  ['/v1/products', { name: 'Chai', price: '1.00' }, 'sku'],
  ['/v1/products', { name: 'Chai', sku: 'BLANK', price: '1.00' }, 'brand'],
  ['/v1/products', { name: 'Chai', sku: 'BLANK', price: '1.00' }, 'model'],
  ['/v1/categories', {}, 'name'],
  ['/v1/tags', {}, 'name'],
  ['/v1/roles', {}, 'name'],
  ['/v1/users', { email: 'b@example.com', username: 'blank', password: 'correct horse battery', lastName: 'B' }, 'firstName'],
  ['/v1/auth/register', { email: 'b@example.com', username: 'blank', password: 'correct horse battery', firstName: 'B' }, 'lastName'],
])('refuses %s %j with a blank %s, whatever the blank is made of, and creates nothing', async (path, body, member) => {
  const before = await counts();
  for (const nothing of NOTHING) {
    const refused = await send('post', path, { ...body, [member]: nothing });
    expect([nothing, refused.status, refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      nothing,
      422,
      [`/${member}`],
    ]);
  }
  expect(await counts()).toEqual(before);
});

const counts = () =>
  shop.query(`SELECT (SELECT count(*) FROM products) AS products, (SELECT count(*) FROM categories) AS categories,
    (SELECT count(*) FROM tags) AS tags, (SELECT count(*) FROM roles) AS roles, (SELECT count(*) FROM users) AS users`);

test('says that a blank name is blank, and keeps the name that was there', async () => {
  const id = await makeProduct(shop, admin, { name: 'Kept' });
  const refused = await send('patch', `/v1/products/${id}`, { name: '\u00a0' });
  expect(refused.body.errors).toEqual([{ pointer: '/name', code: 'blank', message: 'name must not be blank' }]);
  expect((await shop.call('get', `/v1/products/${id}`)).body).toMatchObject({ name: 'Kept', version: 1 });
});

test('stores names without the white space around them and in Unicode NFC, and finds them in either form', async () => {
  const id = await makeProduct(shop, admin, { name: ' \u3000Cre\u0300me bru\u0302le\u0301e\u200b\n', brand: '\u00a0Ana & Co.\u00a0' });
  const { body } = await shop.call('get', `/v1/products/${id}`);
  expect([body.name, body.brand]).toEqual(['Cr\u00e8me br\u00fbl\u00e9e', 'Ana & Co.']);
  for (const filter of [
    'name=Cre%CC%80me%20br%C3%BBl%C3%A9e',
    'name[contains]=re%CC%80m',
    'name[startswith]=Cr%C3%A8',
    'name=%20Cr%C3%A8me%20br%C3%BBl%C3%A9e',
  ]) {
    const found = await shop.call('get', `/v1/products?${filter}`);
    expect([filter, found.body.data.map((product: { id: string }) => product.id)]).toEqual([filter, [id]]);
  }
});

test('counts the characters of a name as the document and the database do, an emoji once', async () => {
  const id = await makeProduct(shop, admin, { name: '🍵'.repeat(200), sku: '🍵'.repeat(20) });
  expect((await shop.call('get', `/v1/products/${id}`)).body.name).toBe('🍵'.repeat(200));
  const refused = await send('patch', `/v1/products/${id}`, { name: '🍵'.repeat(201) });
  expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/name', code: 'too_long' }] });
  expect((await send('patch', `/v1/products/${id}`, { slug: '🍵'.repeat(120) })).status).toBe(422);
});

test('refuses a SKU with a character that nobody sees', async () => {
  for (const sku of ['WS\u00a01', 'WS\u200b1', 'WS\t1', 'WS\u202e1']) {
    const refused = await send('post', '/v1/products', { name: 'Chai', sku, price: '1.00' });
    expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/sku', code: 'wrong_format' }] });
  }
  expect(await shop.query("SELECT FROM products WHERE sku LIKE 'WS%'")).toEqual([]);
});

test('takes a password as it comes: its spaces count, outside and inside', async () => {
  const person = { email: 'spaces@example.com', username: 'spaces', firstName: 'Space', lastName: 'Bar' };
  const password = '  correct horse battery  ';
  expect((await send('post', '/v1/auth/register', { ...person, password })).status).toBe(201);
  const logIn = async (given: string) => (await send('post', '/v1/auth/login', { email: person.email, password: given })).status;
  expect([await logIn(password), await logIn(password.trim())]).toEqual([200, 401]);
});

test('reads capitals in a UUID, in a path, a query and a body, and answers in small letters', async () => {
  const category = await send('post', '/v1/categories', { name: 'Teas' });
  const id = await makeProduct(shop, admin, { categoryId: category.body.id.toUpperCase() });
  const read = await shop.call('get', `/v1/products/${id.toUpperCase()}`);
  expect(read.body).toMatchObject({ id, categoryId: category.body.id });
  const listed = await shop.call('get', `/v1/products?categoryId=${category.body.id.toUpperCase()}&id[in]=${id.toUpperCase()}`);
  expect(listed.body.data).toHaveLength(1);
  const order = await send('post', '/v1/orders', { items: [{ productId: id.toUpperCase(), quantity: 1 }], paymentMethod: 'external' });
  expect([order.status, order.body.items[0].productId]).toEqual([201, id]);
});

test('trims and looks for something to see in linear time', () => {
  const spaces = ' \u3000'.repeat(100_000);
  expect(trimmed(`a${spaces}b${spaces}`)).toBe(`a${spaces}b`);
  expect([isBlank(spaces), isBlank(`${spaces}.`)]).toEqual([true, false]);
});
