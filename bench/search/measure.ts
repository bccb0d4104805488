import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { Client } from 'pg';
import { type BenchQuery, byHand, queryOf } from './queries';

const WARM_UP = 8;
const COLUMNS = ['query', 'found', 'HTTP p50', 'p95', 'CPU', 'by hand p50', 'p95', 'CPU', 'load'];

interface Page {
  readonly data?: unknown[];
  readonly search?: { readonly matchedBy: string | null; readonly isTruncated: boolean };
}

/**
 * Asks each query over HTTP and by hand in turn, and prints medians and 95th percentiles, and the time that PostgreSQL's processes were on
 * a processor for it, in the mean: on a busy machine the latter says more. All are milliseconds; Linux only.
 */
export async function measure(
  client: Client,
  url: string,
  queries: readonly BenchQuery[],
  rounds: number,
  print: (line: string) => void,
): Promise<void> {
  print(`| ${COLUMNS.join(' | ')} |\n|${' --- |'.repeat(COLUMNS.length)}`);
  for (const query of queries) {
    const { text, values } = byHand(query);
    const overHttp: number[] = [];
    const hand: number[] = [];
    let found = '';
    const ask = async () => {
      const { data, search } = (await (await fetch(`${url}/v1/products?${queryOf(query)}`)).json()) as Page;
      found = `${data?.length ?? 'error'} ${search?.matchedBy ?? ''}${search?.isTruncated ? ' (truncated)' : ''}`;
    };
    for (let round = 0; round < WARM_UP; round += 1) await ask();
    await client.query(text, [...values]);
    const before = await cpuTimes(client);
    for (let round = 0; round < rounds; round += 1) {
      overHttp.push(await timeOf(ask));
      hand.push(await timeOf(() => client.query(text, [...values])));
    }
    const after = await cpuTimes(client);
    const cpu = (own: boolean) =>
      [...after].reduce((sum, [pid, { ms, isOwn }]) => sum + (isOwn === own ? ms - (before.get(pid)?.ms ?? 0) : 0), 0) / rounds;
    const figures = [...quantiles(overHttp), cpu(false), ...quantiles(hand), cpu(true), loadavg()[0] ?? 0];
    print(`| ${[query.name, found, ...figures.map((figure) => figure.toFixed(1))].join(' | ')} |`);
  }
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/* By process: of the shop's connections, and of this one. */
async function cpuTimes(client: Client): Promise<ReadonlyMap<number, { ms: number; isOwn: boolean }>> {
  const { rows } = await client.query<{ pid: number; isOwn: boolean }>(
    `SELECT pid, pid = pg_backend_pid() AS "isOwn" FROM pg_stat_activity WHERE usename = 'storekeeper_app' OR pid = pg_backend_pid()`,
  );
  const used = (pid: number) => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  return new Map(rows.map(({ pid, isOwn }) => [pid, { ms: used(pid), isOwn }]));
}

function quantiles(times: readonly number[]): [number, number] {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return [at(0.5), at(0.95)];
}
