import type { Journal } from './journal';
import type { Done } from './under-faults';
import type { Verdict } from './verify';

/** Returns the report of a run: how writes were answered, how long recoveries took, and what the database says against the answers. */
export function report(journal: Journal, done: readonly Done[], { breaches, unknownCommitted }: Verdict): string {
  const faults = [...new Set(done.map(({ fault }) => fault))].map((name) => {
    const recoveries = done.filter(({ fault }) => fault === name).map(({ recoveryMs }) => Math.round(recoveryMs));
    return `  ${recoveries.length} × ${name}: recovered within ${Math.max(...recoveries)} ms`;
  });
  const answers = Object.entries(journal.counts()).map(([kind, counts]) => {
    const each = Object.entries(counts).sort(([, one], [, other]) => other - one);
    return `  ${kind}: ${each.map(([answer, count]) => `${answer} × ${count}`).join(', ')}`;
  });
  const slowest = Math.round(Math.max(0, ...journal.entries.map(({ milliseconds }) => milliseconds)));
  return [
    `${journal.entries.length} writes: ${journal.count('done')} acknowledged, ${journal.count('not_done')} refused, ${journal.count('unknown')} of unknown outcome (${unknownCommitted} of these were committed); the slowest answer took ${slowest} ms`,
    ...answers,
    `${done.length} faults`,
    ...faults,
    breaches.length === 0 ? 'Every answer was true, and every invariant holds.' : `${breaches.length} BREACHES`,
    ...breaches.slice(0, 50).map((breach) => `  ${breach}`),
    '',
  ].join('\n');
}
