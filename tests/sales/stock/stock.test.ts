import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const MOST = 1_000_000_000;

const { shop, manager } = useShop({ manager: 'manager' });

const adjust = (productId: string, delta: number) =>
  shop.call('post', '/v1/stock-movements', { token: manager.token, body: { productId, delta, reason: 'adjustment' } });

test('stock can be counted to its bound and to nothing, and no further; each answer is the movement just made', async () => {
  const productId = await makeProduct(shop, manager);
  expect((await adjust(productId, MOST - 10)).body).toMatchObject({ delta: MOST - 10 });
  expect((await adjust(productId, 1)).body).toMatchObject({ status: 422, errors: [{ code: 'too_large' }] });
  expect((await adjust(productId, -MOST)).body).toMatchObject({ delta: -MOST });
  expect((await adjust(productId, -1)).body).toMatchObject({ status: 409, detail: 'Insufficient stock: 1 requested, 0 available.' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 0, ledger: 0 });
});

test('the stock of a deleted product and the balance of a deleted user are not adjusted', async () => {
  const productId = await makeProduct(shop, manager);
  await shop.call('delete', `/v1/products/${productId}`, { token: manager.token });
  expect((await adjust(productId, 1)).status).toBe(404);
  const gone = await signUp(shop);
  await shop.query('UPDATE users SET deleted_at = now() WHERE id = $1::uuid', [gone.id]);
  const body = { amount: '1.00', kind: 'credit' };
  expect((await shop.call('post', `/v1/users/${gone.id}/balance/entries`, { token: manager.token, body })).status).toBe(404);
});
