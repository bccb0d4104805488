import type { Person } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { startShop } from '../../support/shop';
import { useShop } from '../../support/use-shop';

const { shop, manager, support, ana, ben } = useShop({ manager: 'manager', support: 'support', ana: 'customer', ben: 'customer' });

const call = (who: Person | null, method: 'get' | 'post' | 'patch' | 'delete', path: string, body?: unknown) =>
  shop.call(method, path, { token: who?.token, body });
const review = (who: Person, productId: string, rest: object = {}) => call(who, 'post', '/v1/reviews', { productId, rating: 4, ...rest });
const decide = (id: string, body: object, who: Person = support) => call(who, 'patch', `/v1/reviews/${id}`, body);
const publish = (id: string) => decide(id, { status: 'published' });
const published = async (who: Person, productId: string, rest: object = {}) => {
  const { body } = await review(who, productId, rest);
  expect((await publish(body.id)).body).toMatchObject({ status: 'published' });
  return String(body.id);
};
const ratingOf = async (id: string) => {
  const { body } = await shop.call('get', `/v1/products/${id}`, { token: manager.token });
  return { rating: body.rating, reviewCount: body.reviewCount };
};
const listed = async (who: Person | null, productId: string) =>
  ((await call(who, 'get', `/v1/products/${productId}/reviews`)).body.data as { id: string }[]).map(({ id }) => id);
const order = async (who: Person, productId: string, ...steps: string[]) => {
  const { body } = await call(who, 'post', '/v1/orders', { items: [{ productId, quantity: 1 }], paymentMethod: 'external' });
  for (const step of steps)
    expect((await call(manager, 'post', `/v1/orders/${body.id}/${step}`, { amount: '10.00' })).status).toBeLessThan(300);
};

test('shows a review to everybody once staff publish it, with the name of its author and nothing else of them', async () => {
  const productId = await makeProduct(shop, manager);
  const { body } = await review(ana, productId, { rating: 5, title: 'A fine tea', body: 'Strong.' });
  expect(body).toMatchObject({ status: 'pending', authorId: ana.id, verifiedPurchase: false });
  expect([await listed(null, productId), await listed(ben, productId), await listed(ana, productId)]).toEqual([[], [], [body.id]]);
  expect((await call(ben, 'get', `/v1/reviews/${body.id}`)).status).toBe(404);
  expect(await ratingOf(productId)).toEqual({ rating: 0, reviewCount: 0 });
  expect((await publish(body.id)).status).toBe(200);
  const shown = await call(null, 'get', `/v1/reviews/${body.id}?include=author,product`);
  expect(shown.body).toMatchObject({ title: 'A fine tea', product: { id: productId }, moderationReason: null });
  expect(shown.body.author).toEqual({ id: ana.id, name: expect.stringMatching(/^person\d+$/) });
  expect(await ratingOf(productId)).toEqual({ rating: 5, reviewCount: 1 });
  await shop.query(`UPDATE profiles SET display_name = 'Ana T.' WHERE user_id = $1::uuid`, [ana.id]);
  expect((await call(null, 'get', `/v1/reviews?productId=${productId}&include=author`)).body.data).toMatchObject([
    { author: { name: 'Ana T.' } },
  ]);
});

test('hides the reviews of a hidden product from all but their author and staff', async () => {
  const productId = await makeProduct(shop, manager);
  const id = await published(ana, productId);
  await call(manager, 'patch', `/v1/products/${productId}`, { status: 'inactive' });
  const seen = async (who: Person | null) => [
    (await call(who, 'get', `/v1/reviews/${id}`)).status,
    (await call(who, 'get', `/v1/reviews?productId=${productId}`)).body.data.length,
  ];
  expect(await Promise.all([null, ben, ana, support].map(seen))).toEqual([
    [404, 0],
    [404, 0],
    [200, 1],
    [200, 1],
  ]);
});

test('refuses a second review of a product with 409, by raw SQL, in a bulk and at once, too, and keeps the first', async () => {
  const productId = await makeProduct(shop, manager);
  const tried = await Promise.all([1, 2, 3, 4].map((rating) => review(ana, productId, { rating })));
  expect(tried.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  const refused = tried.find(({ status }) => status === 409);
  const first = String(tried.find(({ status }) => status === 201)?.body.id);
  expect(refused?.body).toMatchObject({ code: 'already_reviewed', detail: expect.stringContaining(`PATCH /v1/reviews/${first}`) });
  const operation = { op: 'create', data: { productId, rating: 1 } };
  const bulk = await call(ben, 'post', '/v1/reviews/bulk', { atomic: false, operations: [operation, operation] });
  expect(bulk.body.results).toMatchObject([{ status: 201 }, { status: 409 }]);
  const insert = `INSERT INTO reviews (id, product_id, author_id, rating) VALUES (uuid_v7(), $1::uuid, $2::uuid, 1)`;
  await expect(shop.query(insert, [productId, ana.id])).rejects.toMatchObject({ original: { code: '23505' } });
  expect(await shop.query('SELECT count(*)::int AS n FROM reviews WHERE product_id = $1::uuid', [productId])).toEqual([{ n: 2 }]);
  expect((await call(ana, 'delete', `/v1/reviews/${first}`)).status).toBe(204);
  expect((await review(ana, productId)).status).toBe(201);
  expect((await call(manager, 'post', `/v1/reviews/${first}/restore`)).body).toMatchObject({ status: 409, code: 'already_reviewed' });
});

test.each([0, 6, 2.5, '5', null])('refuses a rating of %p and stores nothing', async (rating) => {
  const productId = await makeProduct(shop, manager);
  expect((await review(ana, productId, { rating })).body).toMatchObject({ status: 422, errors: [{ pointer: '/rating' }] });
  expect(await shop.query('SELECT FROM reviews WHERE product_id = $1::uuid', [productId])).toEqual([]);
});

test('refuses a review of a hidden, deleted or missing product, or without a product', async () => {
  const draft = await makeProduct(shop, manager, { status: 'draft' });
  const gone = await makeProduct(shop, manager);
  await call(manager, 'delete', `/v1/products/${gone}`);
  for (const productId of [draft, gone, ana.id]) {
    expect((await review(ana, productId)).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/productId', code: 'unknown_reference' }],
    });
  }
  expect((await call(ana, 'post', '/v1/reviews', { rating: 4 })).body).toMatchObject({ status: 422, errors: [{ pointer: '/productId' }] });
  expect((await call(ana, 'get', `/v1/products/${draft}/reviews`)).status).toBe(404);
});

test('lets the author alone change the words, staff alone decide, and nobody decide on their own', async () => {
  const productId = await makeProduct(shop, manager);
  const id = await published(ana, productId, { rating: 2 });
  const path = `/v1/reviews/${id}`;
  const before = (await call(manager, 'get', path)).body;
  expect((await call(ben, 'patch', path, { rating: 5 })).body).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await call(ben, 'delete', path)).status).toBe(403);
  expect((await call(support, 'patch', path, { body: 'Nice.' })).body).toMatchObject({ status: 403 });
  expect((await call(ana, 'patch', path, { status: 'published' })).body).toMatchObject({ status: 403 });
  expect((await decide(id, { status: 'rejected' })).body).toMatchObject({ status: 422, errors: [{ pointer: '/moderationReason' }] });
  expect((await decide(id, { status: 'pending' })).body).toMatchObject({ status: 422, errors: [{ pointer: '/status' }] });
  expect((await call(ana, 'post', '/v1/reviews', { productId, rating: 1, status: 'published' })).body).toMatchObject({ status: 422 });
  const own = await review(support, productId);
  expect((await publish(own.body.id)).body).toMatchObject({ status: 403, code: 'forbidden' });
  expect((await call(manager, 'get', path)).body).toEqual(before);
  const rejected = await decide(id, { status: 'rejected', moderationReason: 'It is about the parcel.' });
  expect(rejected.body).toMatchObject({ status: 'rejected', moderationReason: 'It is about the parcel.' });
  expect(await ratingOf(productId)).toEqual({ rating: 0, reviewCount: 0 });
  expect((await call(null, 'get', path)).status).toBe(404);
  const edited = await call(ana, 'patch', path, { rating: 3, body: 'Weak.' });
  expect(edited.body).toMatchObject({ status: 'pending', rating: 3, moderationReason: null });
});

test('makes an edited review pending, and takes it out of the rating until it is published again', async () => {
  const productId = await makeProduct(shop, manager);
  await published(ben, productId, { rating: 4 });
  const id = await published(ana, productId, { rating: 1 });
  expect(await ratingOf(productId)).toEqual({ rating: 2.5, reviewCount: 2 });
  expect((await call(ana, 'patch', `/v1/reviews/${id}`, { rating: 3 })).body).toMatchObject({ status: 'pending' });
  expect(await ratingOf(productId)).toEqual({ rating: 4, reviewCount: 1 });
  await publish(id);
  expect(await ratingOf(productId)).toEqual({ rating: 3.5, reviewCount: 2 });
  await call(ana, 'delete', `/v1/reviews/${id}`);
  expect(await ratingOf(productId)).toEqual({ rating: 4, reviewCount: 1 });
  expect((await call(manager, 'post', `/v1/reviews/${id}/restore`)).status).toBe(200);
  expect(await ratingOf(productId)).toEqual({ rating: 3.5, reviewCount: 2 });
});

test('calls a purchase verified by the paid orders of the shop alone, also under raw SQL', async () => {
  const ids = await Promise.all([1, 2, 3, 4, 5].map(() => makeProduct(shop, manager)));
  const [paid, shipped, unpaid, refunded, cancelled] = ids as [string, string, string, string, string];
  await order(ana, paid, 'pay');
  await order(ana, shipped, 'pay', 'ship');
  await order(ana, unpaid);
  await order(ana, refunded, 'pay', 'refunds');
  await order(ana, cancelled, 'pay', 'cancel');
  const made = await Promise.all(ids.map((id) => review(ana, id)));
  expect(made.map(({ body }) => body.verifiedPurchase)).toEqual([true, true, false, false, false]);
  expect((await review(ben, paid)).body.verifiedPurchase).toBe(false);
  expect((await call(ana, 'post', '/v1/reviews', { productId: paid, rating: 1, verifiedPurchase: true })).status).toBe(422);
  await shop.query('UPDATE reviews SET verified_purchase = true');
  expect(await shop.query('SELECT FROM reviews WHERE verified_purchase AND product_id = $1::uuid', [unpaid])).toEqual([]);
  await call(manager, 'post', `/v1/orders/${(await call(ana, 'get', '/v1/orders?status=pending')).body.data[0].id}/pay`);
  expect((await publish(made[2]?.body.id)).body).toMatchObject({ verifiedPurchase: true });
});

test('rates by published live reviews in the transaction of any write, by raw SQL, too, and it is no edit of the product', async () => {
  const one = await makeProduct(shop, manager);
  const two = await makeProduct(shop, manager);
  const { body: before } = await call(manager, 'get', `/v1/products/${one}`);
  await shop.query(
    `INSERT INTO reviews (id, product_id, author_id, rating, status)
     SELECT uuid_v7(), p.id::uuid, a.id::uuid, a.rating, 'published'
     FROM unnest(ARRAY[$1, $2]) p (id), (VALUES ($3, 5), ($4, 2)) a (id, rating)`,
    [one, two, ana.id, ben.id],
  );
  expect([await ratingOf(one), await ratingOf(two)]).toEqual(Array(2).fill({ rating: 3.5, reviewCount: 2 }));
  await shop.query('UPDATE reviews SET rating = 1 WHERE product_id = $1::uuid AND author_id = $2::uuid', [one, ana.id]);
  await shop.query('DELETE FROM reviews WHERE product_id = $1::uuid AND author_id = $2::uuid', [two, ana.id]);
  expect([await ratingOf(one), await ratingOf(two)]).toEqual([
    { rating: 1.5, reviewCount: 2 },
    { rating: 2, reviewCount: 1 },
  ]);
  for (const change of ['rating = 5', 'review_count = 9', 'rating = 0, review_count = 0']) {
    await expect(shop.query(`UPDATE products SET ${change} WHERE id = $1::uuid`, [one])).rejects.toMatchObject({
      original: { code: '42501' },
    });
  }
  const copy = `INSERT INTO products (id, name, slug, sku, price, rating) SELECT uuid_v7(), name, 'copy', 'COPY', price, rating FROM products WHERE id = $1::uuid`;
  await expect(shop.query(copy, [one])).rejects.toMatchObject({ original: { code: '42501' } });
  const { body: after } = await call(manager, 'get', `/v1/products/${one}`);
  expect(after).toMatchObject({ version: before.version + 2, updatedAt: before.updatedAt });
  const edit = await call(manager, 'patch', `/v1/products/${one}`, { version: before.version, price: '11.00' });
  expect(edit.status).toBe(200);
  const purge = await call(manager, 'delete', `/v1/products/${one}?force=true`);
  expect(purge.body).toMatchObject({ status: 409, code: 'in_use', detail: expect.stringContaining('reviews: 2') });
});

test('keeps every rating equal to a recount while 120 writes run at once', async () => {
  const products = await Promise.all([1, 2, 3].map(() => makeProduct(shop, manager)));
  const people = await shop.query<{ id: string }>(
    `INSERT INTO users (id, email, username, first_name, last_name)
     SELECT uuid_v7(), 'rater' || n || '@example.com', 'rater' || n, 'R', 'R' FROM generate_series(1, 20) n RETURNING id`,
  );
  const write = async ({ id }: { id: string }, at: number) => {
    const [product, rating] = [products[at % 3], (at % 5) + 1];
    const values = [product, id, rating];
    await shop.query(
      `INSERT INTO reviews (id, product_id, author_id, rating, status) VALUES (uuid_v7(), $1::uuid, $2::uuid, $3, 'published')`,
      values,
    );
    await shop.query('UPDATE reviews SET rating = 6 - rating WHERE product_id = $1::uuid AND author_id = $2::uuid AND $3 > 2', values);
    if (at % 4 === 0) await shop.query('UPDATE reviews SET deleted_at = now() WHERE author_id = $1::uuid', [id]);
  };
  await Promise.all(people.flatMap((person, index) => [0, 1, 2].map((shift) => write(person, index * 3 + shift))));
  const recount = `SELECT FROM products p, LATERAL (SELECT coalesce(round(avg(rating), 2), 0) AS rating, count(*)::int AS n FROM reviews
    WHERE product_id = p.id AND status = 'published' AND deleted_at IS NULL) r WHERE (p.rating, p.review_count) <> (r.rating, r.n)`;
  expect(await shop.query(recount)).toEqual([]);
  expect(await shop.query('SELECT FROM products WHERE id = ANY ($1::uuid[]) AND review_count > 0', [products])).toHaveLength(3);
});

test('announces what is published, and keeps the words of a person apart from the audit log', async () => {
  const productId = await makeProduct(shop, manager);
  const { nextCursor: cursor } = (await call(manager, 'get', '/v1/events?after=latest')).body.pagination;
  const id = await published(ana, productId, { body: 'Only for my grandmother.' });
  const { body } = await call(manager, 'get', `/v1/events?types=reviews.*&after=${cursor}`);
  const own = (body.data as { type: string; object: { id: string } }[]).filter(({ object }) => object.id === id);
  expect(own.map(({ type }) => type)).toEqual(['reviews.created', 'reviews.updated', 'reviews.published']);
  expect(JSON.stringify(own)).not.toContain('grandmother');
  const [entry] = await shop.query<{ log: string; kept: string; user_id: string }>(
    `SELECT l.new_values ->> 'body' AS log, p.new_values ->> 'body' AS kept, p.user_id FROM audit_logs l
     JOIN audit_personal p ON p.audit_log_id = l.id WHERE l.record_id = $1::uuid AND l.action = 'CREATE'`,
    [id],
  );
  expect(entry).toMatchObject({ log: expect.stringMatching(/^sha256:/), kept: 'Only for my grandmother.', user_id: ana.id });
});

/* The last test: the models are on the connection of the process that was started last. */
test('without moderation an edited review stays published, but one that staff rejected stays hidden until staff publish it', async () => {
  const open = await startShop({ DATABASE_URL: shop.env.DATABASE_URL, REVIEW_MODERATION: 'off' });
  try {
    const edit = (id: string, rating: number) => open.call('patch', `/v1/reviews/${id}`, { token: ana.token, body: { rating } });
    const productId = await makeProduct(shop, manager);
    const { body } = await open.call('post', '/v1/reviews', { token: ana.token, body: { productId, rating: 2 } });
    expect(body).toMatchObject({ status: 'published' });
    expect((await edit(body.id, 3)).body).toMatchObject({ status: 'published', rating: 3 });
    expect((await decide(body.id, { status: 'rejected', moderationReason: 'Not about the product' })).status).toBe(200);
    expect((await edit(body.id, 5)).body).toMatchObject({ status: 'pending', moderationReason: null, rating: 5 });
    expect([await listed(null, productId), await ratingOf(productId)]).toEqual([[], { rating: 0, reviewCount: 0 }]);
    await publish(body.id);
    expect(await ratingOf(productId)).toEqual({ rating: 5, reviewCount: 1 });
  } finally {
    await open.close();
  }
});
