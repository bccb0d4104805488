/* A process of its own, because the load keeps the other one busy: probes health ten times a second until it is told to stop. */

const url = String(process.argv[2]);
const durations: number[] = [];
let failures = 0;

const probe = async (path: string) => {
  const startedAt = performance.now();
  const response = await fetch(url + path).catch(() => null);
  await response?.text();
  if (response?.ok) durations.push(performance.now() - startedAt);
  else failures += 1;
};

const timer = setInterval(() => void Promise.all([probe('/health/live'), probe('/health/ready')]), 100);

process.once('message', () => {
  clearInterval(timer);
  durations.sort((a, b) => a - b);
  const at = (percentile: number) => Math.round(durations[Math.floor((durations.length * percentile) / 100)] ?? Number.NaN);
  process.send?.({ probes: durations.length, failures, p50: at(50), p99: at(99), max: Math.round(durations.at(-1) ?? Number.NaN) });
  process.disconnect();
});
