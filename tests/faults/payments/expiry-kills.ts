import { setTimeout as delay } from 'node:timers/promises';
import type { ShopProcess } from '../shop-process';
import { askFor, placeOrders, type Stage } from './stage';

const LATENESS = `SELECT round(extract(epoch FROM max(cancelled_at - expires_at))::numeric, 2)::float8 FROM orders WHERE id = ANY ($1::uuid[])`;
const PENDING = `SELECT count(*)::int FROM orders WHERE id = ANY ($1::uuid[]) AND status = 'pending'`;
const SPREAD_SECONDS = 8;

/** Lets orders expire over some seconds, and prints how late the last one was cancelled: undisturbed, and with a process killed meanwhile. */
export async function expiryKills(stage: Stage, shops: readonly [ShopProcess, ShopProcess], count: number, print: (line: string) => void) {
  print('what happens meanwhile | orders | latest cancellation after its time (s)');
  const [first, second] = shops;
  print(`nothing | ${count} | ${await lateness(stage, count, async () => undefined)}`);
  const killed = await lateness(stage, count, async () => void (await first.end('SIGKILL')));
  print(`one of two processes is killed | ${count} | ${killed}`);
  const restarted = await lateness(stage, count, async () => {
    await second.end('SIGKILL');
    await second.startAgain();
  });
  print(`the only process is killed, and starts again | ${count} | ${restarted}`);
  await first.startAgain();
}

/* The process that is killed is the one that was started first, so orders are placed before. */
async function lateness(stage: Stage, count: number, disturb: () => Promise<void>): Promise<number> {
  const ids = (await placeOrders(alive(stage), count)).map(({ id }) => id);
  // The job of a minute has to see them: it looks two minutes ahead.
  await stage.database.query(
    `UPDATE orders SET expires_at = now() + interval '70 seconds' + random() * interval '${SPREAD_SECONDS} seconds' WHERE id = ANY ($1::uuid[])`,
    [ids],
  );
  await delay(72_000);
  await disturb();
  while ((await askFor<number>(stage.database, PENDING, [ids])) > 0) await delay(200);
  return askFor<number>(stage.database, LATENESS, [ids]);
}

/* Both URLs are those of the process that lives through the run. */
function alive(stage: Stage): Stage {
  return { ...stage, urls: [stage.urls[1], stage.urls[1]] };
}
