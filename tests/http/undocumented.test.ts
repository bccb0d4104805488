import { useShop } from '../support/use-shop';

const { shop } = useShop();

test('a test that calls an undocumented path or method fails', async () => {
  await expect(shop.call('get', '/v1/nowhere')).rejects.toThrow('the OpenAPI document has no such operation');
  await expect(shop.call('delete', '/v1/products')).rejects.toThrow('the OpenAPI document has no such operation');
});
