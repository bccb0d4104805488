import { setTimeout as delay } from 'node:timers/promises';

/*
 * A process of its own, because the load keeps the other one busy: probes health until it is told to stop. Each path has a connection that is
 * kept, as an orchestrator's has: libuv accepts one connection in each turn of the event loop, so a new one would wait behind the load's.
 */

const PAUSE_MS = 50;
const url = String(process.argv[2]);
let isOver = false;

async function probe(path: string): Promise<string> {
  const times: number[] = [];
  let failures = 0;
  while (!isOver) {
    const startedAt = performance.now();
    const response = await fetch(url + path).catch(() => null);
    await response?.text();
    if (response?.ok) times.push(performance.now() - startedAt);
    else failures += 1;
    await delay(PAUSE_MS);
  }
  times.sort((a, b) => a - b);
  const at = (percentile: number) => Math.round(times[Math.floor((times.length * percentile) / 100)] ?? Number.NaN);
  const longest = Math.round(times.at(-1) ?? Number.NaN);
  return `${times.length} probes, ${failures} failed, p50 ${at(50)} ms, p99 ${at(99)} ms, max ${longest} ms`;
}

process.once('message', () => {
  isOver = true;
});

void (async () => {
  const paths = ['/health/live', '/health/ready'];
  const probes = paths.map(probe);
  await delay(500);
  process.send?.('ready');
  process.send?.(Object.fromEntries((await Promise.all(probes)).map((text, at) => [paths[at], text])));
  process.disconnect();
})();
