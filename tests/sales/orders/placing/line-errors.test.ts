import { makeProduct, stockOf } from '../../../factories/products';
import { useShop } from '../../../support/use-shop';

const { shop, manager, buyer } = useShop({ manager: 'manager', buyer: 'customer' });

const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

const place = (items: readonly unknown[]) =>
  shop.call('post', '/v1/orders', { token: buyer.token, body: { items, paymentMethod: 'external' } });

test('names every line that cannot be sold at once, each by its place, and leaves stock unchanged', async () => {
  const good = await makeProduct(shop, manager);
  const short = await makeProduct(shop, manager, { stockQuantity: 1 });
  const yen = await makeProduct(shop, manager, { price: '100', currency: 'JPY' });
  const inactive = await makeProduct(shop, manager, { status: 'inactive' });
  const refused = await place([good, short, yen, inactive, UNKNOWN].map((productId) => ({ productId, quantity: 2 })));
  expect(refused.body).toMatchObject({ status: 422, code: 'product_unavailable' });
  expect(refused.body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code])).toEqual([
    ['/items/3/productId', 'product_unavailable'],
    ['/items/4/productId', 'product_unavailable'],
    ['/items/2/productId', 'currency_mismatch'],
    ['/items/1/quantity', 'insufficient_stock'],
  ]);
  for (const id of [good, yen, inactive]) expect(await stockOf(shop, id)).toEqual({ stock: 10, ledger: 10 });
});

test('says of a wrong line what is wrong with it, and nothing else', async () => {
  const productId = await makeProduct(shop, manager);
  const refused = await place([
    { productId, quantity: 1 },
    { productId, quantity: 0 },
  ]);
  expect(refused.body).toMatchObject({
    status: 422,
    code: 'invalid_body',
    errors: [{ pointer: '/items/1/quantity', code: 'too_small', message: 'items[1].quantity must be greater than or equal to 1' }],
  });
  expect(refused.body.errors).toHaveLength(1);
  expect((await place([])).body.errors).toMatchObject([{ pointer: '/items', code: 'too_few' }]);
  const wrongKind = await place([{ productId, quantity: 1 }, 'Chai']);
  expect(wrongKind.body.errors).toEqual([expect.objectContaining({ pointer: '/items/1', code: 'wrong_type' })]);
  const restock = [{ productId, quantity: 0 }];
  const refund = await shop.call('post', `/v1/orders/${UNKNOWN}/refunds`, { token: manager.token, body: { amount: '1.00', restock } });
  expect(refund.body.errors).toEqual([expect.objectContaining({ pointer: '/restock/0/quantity', code: 'too_small' })]);
  expect(await stockOf(shop, productId)).toEqual({ stock: 10, ledger: 10 });
});
