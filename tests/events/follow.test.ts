import { systemContext } from '../../src/context/system-context';
import { useShop } from '../support/use-shop';
import { followWhileWriting } from './support/feed-run';

const { shop } = useShop();

test('a follower misses and repeats nothing beside writers that hold transactions open, wait for each other and roll back', async () => {
  const ctx = systemContext(shop, 'test', '');
  const verdict = await followWhileWriting({ url: shop.env.DATABASE_URL, ctx, writers: 4, changes: 4_000, holdMs: [100, 400] });
  expect(verdict).toMatchObject({ missing: 0, repeated: 0, invented: 0, outOfOrder: 0 });
  expect(verdict.events).toBe(verdict.committed);
  expect(verdict.committed).toBeGreaterThanOrEqual(4_000);
});
