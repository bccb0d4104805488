import { signUp } from '../../factories/people';
import { makeProduct, stockOf } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const MOST = 1_000_000_000;

const { shop, manager } = useShop({ manager: 'manager' });

const adjust = (productId: string, delta: number) =>
  shop.call('post', '/v1/stock-movements', { token: manager.token, body: { productId, delta, reason: 'adjustment' } });

test('adjusts stock to its bound and to zero, refuses more, and returns the movement made', async () => {
  const productId = await makeProduct(shop, manager);
  expect((await adjust(productId, MOST - 10)).body).toMatchObject({ delta: MOST - 10 });
  expect((await adjust(productId, 1)).body).toMatchObject({ status: 422, code: 'invalid_body', errors: [{ code: 'too_large' }] });
  expect(await stockOf(shop, productId)).toEqual({ stock: MOST, ledger: MOST });
  expect((await adjust(productId, -MOST)).body).toMatchObject({ delta: -MOST });
  expect((await adjust(productId, -1)).body).toMatchObject({
    status: 409,
    code: 'insufficient_stock',
    detail: 'Insufficient stock: 1 requested, 0 available.',
  });
  expect(await stockOf(shop, productId)).toEqual({ stock: 0, ledger: 0 });
});

test('refuses to adjust the stock of a deleted product and the balance of a deleted user, and leaves both unchanged', async () => {
  const productId = await makeProduct(shop, manager);
  await shop.call('delete', `/v1/products/${productId}`, { token: manager.token });
  expect((await adjust(productId, 1)).body).toMatchObject({ status: 404, code: 'not_found' });
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
  const gone = await signUp(shop);
  await shop.query('UPDATE users SET deleted_at = now() WHERE id = $1::uuid', [gone.id]);
  const body = { amount: '1.00', kind: 'credit' };
  const refused = await shop.call('post', `/v1/users/${gone.id}/balance/entries`, { token: manager.token, body });
  expect(refused.body).toMatchObject({ status: 404, code: 'not_found' });
  expect(await shop.query('SELECT balance FROM users WHERE id = $1::uuid', [gone.id])).toEqual([{ balance: '0.00' }]);
});
