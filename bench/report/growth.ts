import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, ratioOf } from './summary';

/** A run of one size, as in its JSON. */
interface SizedRun {
  readonly products: number;
  readonly cells: readonly Cell[];
}

/**
 * Returns a table of Storekeeper's rates by the size of the shop: a row per job, a column per size, from the runs whose JSON is in the
 * folder; each with its ratio to (a) of the same run. Empty if there is one size only.
 */
export function growthRows(folder: string, current: SizedRun): string[][] {
  const runs = [...otherRuns(folder, current.products), current].sort((one, other) => one.products - other.products);
  if (runs.length < 2) return [];
  const jobs = [...new Set(runs.flatMap(({ cells }) => cells.filter(({ contender }) => contender === 's').map(({ job }) => job)))];
  const heading = ['(s), req/s', ...runs.map(({ products }) => `${products.toLocaleString('en')} products`)];
  return [heading, ...jobs.map((job) => [job, ...runs.map(({ cells }) => rateOf(cells, job))])];
}

function otherRuns(folder: string, products: number): SizedRun[] {
  if (!existsSync(folder)) return [];
  const sizes = readdirSync(folder).flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []);
  return sizes
    .map(Number)
    .filter((size) => size !== products)
    .map((size) => ({ products: size, ...(JSON.parse(readFileSync(join(folder, `${size}.json`), 'utf8')) as Pick<SizedRun, 'cells'>) }));
}

function rateOf(cells: readonly Cell[], job: string): string {
  const find = (contender: string) => cells.find((cell) => cell.job === job && cell.contender === contender);
  const [ours, theirs] = [find('s'), find('a')];
  if (ours === undefined) return '';
  return `${Math.round(ours.requestsPerSecond).toLocaleString('en')}${theirs === undefined ? '' : ` (${ratioOf(ours, theirs).median.toFixed(2)} × a)`}`;
}
