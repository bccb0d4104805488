import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from './plan';

const FILE = join(__dirname, '../../docs/plans.md');

const HEAD = `# The plans of lists

How PostgreSQL finds a page of each list in a shop of 100,000 products, 100,000 orders and 400,000 rows of the audit log. A line is a filter or a sort. Of the values that are tried for a filter (the most common and the rarest, the middle and the ends), by itself and with each sort, it shows the one that reads most, with its sort; likewise of the positions of a sort. Rows are rows and index entries that were read, also those that a filter left out; the time is that of the statement, on whatever machine wrote this file, with its other work.

\`npm run test:plans\` fails where a question reads more than 25,000 rows or a whole big table, unless \`tests/plans/exceptions.ts\` says why; such a line has the number of its reason, below. The questions follow from the OpenAPI document and the declarations of resources. \`WRITE_PLANS=1 npm run test:plans\` writes this file.
`;

/** The plan that reads most, by question, of a list. */
export interface TableOfPlans {
  readonly path: string;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly reasonFor: (question: string) => string | undefined;
}

/** Writes the tables of all lists into docs/plans.md. */
export function writePlans(tables: readonly TableOfPlans[]): void {
  const reasons = new Map<string, number>();
  const sections = tables.map((table) => section(table, reasons));
  const listed = [...reasons].map(([reason, number]) => `${number}. ${reason}`).join('\n');
  writeFileSync(FILE, [HEAD, ...sections, `## Reasons\n\n${listed}\n`].join('\n'));
}

function section({ path, plans, reasonFor }: TableOfPlans, reasons: Map<string, number>): string {
  const lines = [...worstOf(plans)].map(([name, [question, plan]]) => {
    const reason = reasonFor(question);
    if (reason !== undefined && !reasons.has(reason)) reasons.set(reason, reasons.size + 1);
    const sort = question === name ? '' : question.slice(name.length).trim();
    const why = reason === undefined ? '' : ` (${reasons.get(reason)})`;
    return `| ${name.replaceAll('|', '\\|')} | ${sort} | ${plan.read} | ${plan.milliseconds.toFixed(1)} | ${accessOf(plan)}${why} |`;
  });
  return `## ${path}\n\n| question | with | rows | ms | by |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}

/* A filter with a sort counts to the filter, and a position in a sort to the sort. */
function worstOf(plans: ReadonlyMap<string, Plan>): Map<string, [question: string, plan: Plan]> {
  const worst = new Map<string, [string, Plan]>();
  for (const [question, plan] of plans) {
    const name = question.replace(/ (sort=-?\w+|at depth)$/, '');
    const known = worst.get(name)?.[1];
    if (!known || plan.read > known.read) worst.set(name, [question, plan]);
  }
  return worst;
}

/** Returns by which indexes a plan finds its rows, and which tables it reads whole. */
export function accessOf({ indexes, wholeTables }: Plan): string {
  const partitions = /^(audit_logs)_\d{4}_\d{2}/;
  const names = [...indexes, ...wholeTables.map((table) => `all of ${table}`)].map((name) => name.replace(partitions, '$1_<month>'));
  return [...new Set(names)].join(', ');
}
