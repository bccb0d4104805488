import { CONTENDERS, type Letter } from '../contenders/contender';
import { JOBS } from '../load/jobs';
import { MEMORY_MIB, outcomes, WARM_START_S } from './aims';
import { growthRows } from './growth';
import type { Run } from './run-facts';
import { type Cell, ratioOf } from './summary';

/** Returns the run as text: its conditions, a table per job, and the aims. */
export function textReport(run: Run, cells: readonly Cell[]): string {
  const jobs = [...new Set(cells.map(({ job }) => job))];
  return [
    conditions(run),
    ...jobs.map((job) =>
      jobTable(
        job,
        cells.filter((cell) => cell.job === job),
      ),
    ),
    aimTable(run, cells),
    ...growth(run, cells),
    '',
  ].join('\n\n');
}

function conditions({ settings, driver, node, postgres, processors }: Run): string {
  const { products, connections, rounds, seconds } = settings;
  return `${products.toLocaleString('en')} products, ${connections} connections, medians of ${rounds} interleaved rounds of ${seconds} s, ${driver}
Node ${node}, PostgreSQL ${postgres}, ${processors}; one process a contender, everything on one machine`;
}

function jobTable(job: string, cells: readonly Cell[]): string {
  const base = cells.find(({ contender }) => contender === 'a');
  const rows = cells.map((cell) => [
    `(${cell.contender})`,
    Math.round(cell.requestsPerSecond).toLocaleString('en'),
    base ? ratioOf(cell, base).median.toFixed(2) : '',
    figure(cell.p50, 2),
    figure(cell.p99, 2),
    figure(cell.cpuMicroseconds, 0),
    figure(cell.residentMegabytes, 0),
    cell.failed === 0 ? '' : `${cell.failed} failed`,
    cell.contender === 'pgbench' ? 'the same SQL, no server' : CONTENDERS[cell.contender as Letter].title,
  ]);
  return `${JOBS[job]?.title}\n${aligned([['', 'req/s', '× (a)', 'p50 ms', 'p99 ms', 'CPU µs', 'MiB', '', ''], ...rows])}`;
}

function aimTable({ startMs, duels }: Run, cells: readonly Cell[]): string {
  const verdict = (isMet: boolean) => (isMet ? 'met' : 'MISSED');
  const rates = outcomes(cells, duels).map(({ job, of, atLeast, ratio, failed, isMet }) => [
    `(s) ${job}`,
    `${ratio.median.toFixed(2)} × (${of.contender})${of.job === job ? '' : ` ${of.job}`}`,
    `${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`,
    `aim ${atLeast}`,
    failed > 0 ? `${failed} FAILED` : verdict(isMet),
  ]);
  const seconds = startMs / 1000;
  const megabytes = Math.max(...cells.filter(({ contender }) => contender === 's').map(({ residentMegabytes }) => residentMegabytes ?? 0));
  const bounds = [
    ['(s) warm start', `${seconds.toFixed(2)} s to the first 200`, '', `aim ${WARM_START_S}`, verdict(seconds <= WARM_START_S)],
    ['(s) memory', `${megabytes.toFixed(0)} MiB at most, resident`, '', `aim ${MEMORY_MIB}`, verdict(megabytes <= MEMORY_MIB)],
  ];
  return `Aims, with the bounds of each ratio (95 %)\n${aligned([...rates, ...bounds])}`;
}

function growth({ settings }: Run, cells: readonly Cell[]): string[] {
  const rows = growthRows(settings.out, { products: settings.products, cells });
  return rows.length === 0 ? [] : [`Growth, each size in a run of its own\n${aligned(rows)}`];
}

const figure = (value: number | null, decimals: number) => (value === null ? '' : value.toFixed(decimals));

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((text, at) => (at === 0 || at === row.length - 1 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
