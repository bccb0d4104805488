import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { type BenchQuery, queryOf } from './queries';

const ROLE = 'ALTER ROLE storekeeper_app';
const SETTINGS = ['log_min_duration = 0', 'log_analyze = on', 'log_buffers = on'];
const WARM_UP = 8;
/* What a statement of less does is told by its name. */
const MIN_DURATION_MS = 2;
const MAX_LINE = 170;

/** Lets PostgreSQL write the plan of each of the shop's statements to its log, as the superuser, while the work runs. */
export async function explainInLog(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query("LOAD 'auto_explain'");
  await client.query(`${ROLE} SET session_preload_libraries = 'auto_explain'`);
  for (const setting of SETTINGS) await client.query(`${ROLE} SET auto_explain.${setting}`);
  try {
    await work();
  } finally {
    await client.query(`${ROLE} RESET ALL`);
  }
}

/** Prints the plans of the statements of each query, once they are warm, without what did not run. */
export async function plansOf(folder: string, url: string, queries: readonly BenchQuery[], print: (line: string) => void): Promise<void> {
  const log = join(folder, 'postgres.log');
  for (const query of queries) {
    const ask = async () => (await fetch(`${url}/v1/products?${queryOf(query)}`)).arrayBuffer();
    for (let round = 0; round < WARM_UP; round += 1) await ask();
    await delay(500);
    const from = statSync(log).size;
    await ask();
    await delay(500);
    print(`\n## ${query.name}\n`);
    for (const plan of readFileSync(log).subarray(from).toString('utf8').split('LOG:  duration: ').slice(1)) {
      const duration = Number.parseFloat(plan);
      const [, lines = ''] = plan.split(/\n\t(?=\S.*\(cost=)/, 2);
      if (duration >= MIN_DURATION_MS) print(`${duration.toFixed(1)} ms\n${shortened(lines.split(/\n(?!\t)/)[0] ?? '')}\n`);
    }
  }
}

function shortened(plan: string): string {
  const lines = plan.split('\n').map((line) => line.replace(/^\t/, ''));
  let hidden = Number.POSITIVE_INFINITY;
  const shown = lines.filter((line) => {
    const depth = line.search(/\S/);
    if (depth <= hidden) hidden = Number.POSITIVE_INFINITY;
    if (line.includes('(never executed)') && depth < hidden) hidden = depth;
    return hidden === Number.POSITIVE_INFINITY && !/^\s*(Output|Planning|Storage|Worker)/.test(line);
  });
  return shown.map((line) => line.replace(/ {2}\(cost=[^)]*\)/, '').slice(0, MAX_LINE)).join('\n');
}
