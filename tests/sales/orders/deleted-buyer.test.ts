import { signUp } from '../../factories/people';
import { makeProduct } from '../../factories/products';
import { useShop } from '../../support/use-shop';

const { shop, manager, support, auditor, admin } = useShop({ manager: 'manager', support: 'support', auditor: 'auditor', admin: 'admin' });

test('an order shows its deleted buyer to whoever may restore users, and to nobody else', async () => {
  const buyer = await signUp(shop);
  const body = { items: [{ productId: await makeProduct(shop, manager), quantity: 1 }], paymentMethod: 'external' };
  const { id } = (await shop.call('post', '/v1/orders', { token: buyer.token, body })).body;
  const buyerSeenBy = async ({ token }: { token: string }) =>
    (await shop.call('get', `/v1/orders/${id}?include=user`, { token })).body.user?.email ?? null;
  for (const person of [support, manager, auditor, admin]) expect(await buyerSeenBy(person)).toBe(buyer.email);
  expect((await shop.call('delete', `/v1/users/${buyer.id}`, { token: admin.token })).status).toBe(204);
  for (const person of [support, manager, auditor]) {
    expect(await buyerSeenBy(person)).toBeNull();
    const listed = await shop.call('get', `/v1/orders?include=user&userId=${buyer.id}`, { token: person.token });
    expect(listed.body.data).toMatchObject([{ id, userId: buyer.id, user: null }]);
  }
  expect(await buyerSeenBy(admin)).toBe(buyer.email);
});
