import { type Person, signUp } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager } = useShop({ manager: 'manager' });

const post = async (path: string, who: Person, body: Record<string, unknown> = {}) => {
  const { status, body: made } = await shop.call('post', path, { token: who.token, body });
  if (status >= 300) throw new Error(JSON.stringify(made));
  return made;
};

/* Oldest first. */
const movements = (productId: string) =>
  shop.query(
    'SELECT delta, reason, order_id, refund_id, quantity_after, note, actor_id FROM stock_movements WHERE product_id = $1::uuid ORDER BY created_at, id',
    [productId],
  );
const entries = (userId: string) =>
  shop.query(
    'SELECT amount, kind, order_id, refund_id, balance_after, note, actor_id FROM balance_entries WHERE user_id = $1::uuid ORDER BY created_at, id',
    [userId],
  );

test('records each movement of stock and balance with its reason, order, refund, actor, note and resulting amount', async () => {
  const buyer = await signUp(shop);
  const productId = await makeProduct(shop, manager, { price: '10.00', stockQuantity: 10 });
  await post('/v1/stock-movements', manager, { productId, delta: 5, reason: 'restock', note: 'a pallet' });
  await post(`/v1/users/${buyer.id}/balance/entries`, manager, { amount: '50.00', kind: 'credit', note: 'a gift' });
  const order = await post('/v1/orders', buyer, { items: [{ productId, quantity: 3 }], paymentMethod: 'balance' });
  const refund = await post(`/v1/orders/${order.id}/refunds`, manager, { amount: '30.00', restock: [{ productId, quantity: 3 }] });

  const nothing = { order_id: null, refund_id: null, note: null };
  expect(await movements(productId)).toEqual([
    { ...nothing, delta: 10, reason: 'adjustment', quantity_after: 10, note: 'opening count', actor_id: manager.id },
    { ...nothing, delta: 5, reason: 'restock', quantity_after: 15, note: 'a pallet', actor_id: manager.id },
    { ...nothing, delta: -3, reason: 'order', quantity_after: 12, order_id: order.id, actor_id: buyer.id },
    { ...nothing, delta: 3, reason: 'refund', quantity_after: 15, order_id: order.id, refund_id: refund.id, actor_id: manager.id },
  ]);
  expect(await entries(buyer.id)).toEqual([
    { ...nothing, amount: '50.00', kind: 'credit', balance_after: '50.00', note: 'a gift', actor_id: manager.id },
    { ...nothing, amount: '-30.00', kind: 'order', balance_after: '20.00', order_id: order.id, actor_id: buyer.id },
    { ...nothing, amount: '30.00', kind: 'refund', balance_after: '50.00', order_id: order.id, refund_id: refund.id, actor_id: manager.id },
  ]);
});
