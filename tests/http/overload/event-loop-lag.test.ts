import type { Logger } from 'winston';
import { eventLoopLagMs } from '../../../src/http/overload/event-loop-lag';
import { Overload } from '../../../src/http/overload/overload';
import { codesOf, times } from '../../support/use-lock-holder';
import { useShop } from '../../support/use-shop';

/* More than the machine that the tests run on is late by itself. */
const LAG_MS = 400;
const { shop } = useShop({}, { MAX_EVENT_LOOP_LAG_MS: String(LAG_MS) });

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/* Works for so long at a time that the event loop is late; what went before it counts less and less. */
async function blockEventLoop(): Promise<void> {
  while (eventLoopLagMs() <= LAG_MS) {
    const pause = performance.now() + 2 * LAG_MS;
    while (performance.now() < pause);
    await nextTurn();
    await nextTurn();
  }
}

test('refuses reads and writes while the event loop is late, but no health check, and serves again afterwards', async () => {
  const read = () => shop.call('get', '/v1/tags');
  await blockEventLoop();
  expect(codesOf(await Promise.all([read(), shop.call('post', '/v1/tags', { body: { name: 'Late' } })]))).toEqual(['503 overloaded']);
  expect((await shop.call('get', '/health/ready')).status).toBe(200);
  while ((await read()).status === 503);
});

test('logs an overload once, however many requests it refuses', async () => {
  const lines: unknown[] = [];
  const log = { warn: (...line: unknown[]) => lines.push(line), info: (...line: unknown[]) => lines.push(line) } as unknown as Logger;
  const overload = new Overload({ MAX_EVENT_LOOP_LAG_MS: LAG_MS, MAX_REQUESTS_IN_WORK: 'off' }, shop.sequelize, log);
  await blockEventLoop();
  for (const attempt of times(10, () => () => overload.requireNone('write'))) expect(attempt).toThrow('overloaded');
  expect(lines).toEqual([['overloaded: requests are refused', { lagMs: expect.any(Number), reads: 0, writes: 0 }]]);
});
