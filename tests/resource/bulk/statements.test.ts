import { recordStatements } from '../../support/query-recorder';
import { useShop } from '../../support/use-shop';

const { shop, admin } = useShop({ admin: 'admin' });
let names = 0;

/** A creation of each resource, for any number of them. */
const CREATIONS: Readonly<Record<string, () => object>> = {
  products: () => ({ name: 'Same name', sku: `S-${++names}`, price: '1.00', stockQuantity: 1 }),
  categories: () => ({ name: `Category ${++names}` }),
  tags: () => ({ name: `Tag ${++names}` }),
};
const PATCH = { name: 'Changed' };

async function statementsOf(resource: string, operations: readonly object[]): Promise<{ count: number; ids: string[] }> {
  let ids: string[] = [];
  const statements = await recordStatements(async () => {
    const { status, body } = await shop.call('post', `/v1/${resource}/bulk`, { token: admin.token, body: { operations } });
    expect([status, body.code]).toEqual([200, undefined]);
    ids = body.results.map(({ id }: { id: string }) => id);
  });
  // Who calls is remembered for some seconds only: the look-up is not the request's own statement.
  return { count: statements.filter((text) => !text.includes('user_roles')).length, ids };
}

test.each([
  ['products', [1, 10, 1_000]],
  ['categories', [1, 100]],
  ['tags', [1, 100]],
] as const)('writes any number of %s by the same number of statements: %j', async (resource, sizes) => {
  const counts: Record<string, number>[] = [];
  for (const size of sizes) {
    const created = await statementsOf(
      resource,
      Array.from({ length: size }, () => ({ op: 'create', data: CREATIONS[resource]?.() })),
    );
    const each = (op: string, data?: object) => created.ids.map((id) => ({ op, id, ...(data && { data }) }));
    const updated = await statementsOf(resource, each('update', PATCH));
    const deleted = await statementsOf(resource, each('delete'));
    const restored = await statementsOf(resource, each('restore'));
    counts.push({ create: created.count, update: updated.count, delete: deleted.count, restore: restored.count });
  }
  expect(counts).toEqual(sizes.map(() => counts[0]));
  expect(Math.max(...Object.values(counts[0] ?? {}))).toBeLessThanOrEqual(12);
});
