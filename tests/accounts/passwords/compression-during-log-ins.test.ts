import { PASSWORD } from '../../factories/people';
import { useShop } from '../../support/use-shop';

const { shop } = useShop();
const LOG_INS = 60;

test('sends a compressed response while sixty log-ins hash, before half of them are done', async () => {
  // A page of few kilobytes, so that the time to compress it counts for little beside the wait for a thread.
  const page = () => shop.call('get', '/docs/problems', { isUndocumented: true });
  await page();
  let done = 0;
  const logIns = Array.from({ length: LOG_INS }, async (_, n) => {
    const { status } = await shop.call('post', '/v1/auth/login', { body: { email: `nobody${n}@example.com`, password: PASSWORD } });
    done += 1;
    return status;
  });
  while (done === 0) await new Promise((resolve) => setImmediate(resolve));
  const before = done;
  const { status, headers } = await page();
  expect([status, headers['content-encoding']]).toEqual([200, 'gzip']);
  expect(done - before).toBeLessThan(LOG_INS / 2);
  expect(new Set(await Promise.all(logIns))).toEqual(new Set([401]));
});
