import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from './plan';

const FILE = join(__dirname, '../../docs/plans.md');

const HEAD = `# The plans of lists

How PostgreSQL finds a page of each list in a shop of 100,000 products, 100,000 orders and 400,000 rows of the audit log, one line a question: a filter, a sort, or both. Of the values that are tried for a question (the most common and the rarest, the middle and the ends) the one that reads most is shown. Rows are rows and index entries that were read, also those that a filter left out; the time is that of the statement, on whatever machine wrote this file. \`<id>\` is an object's id.

\`npm run test:plans\` fails where a question reads more than 25,000 rows or a whole big table, unless \`tests/plans/exceptions.ts\` says why; these are marked with a reason. The questions follow from the OpenAPI document and the declarations of resources. \`WRITE_PLANS=1 npm run test:plans\` writes this file.
`;

/** The plan that reads most, by question, of a list. */
export interface TableOfPlans {
  readonly path: string;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly reasonFor: (question: string) => string | undefined;
}

/** Writes the tables of all lists into docs/plans.md. */
export function writePlans(tables: readonly TableOfPlans[]): void {
  writeFileSync(FILE, [HEAD, ...tables.map(section)].join('\n'));
}

function section({ path, plans, reasonFor }: TableOfPlans): string {
  const lines = [...plans].map(([question, plan]) => {
    const reason = reasonFor(question);
    return `| ${question.replaceAll('|', '\\|')} | ${plan.read} | ${plan.milliseconds.toFixed(1)} | ${accessOf(plan)}${reason === undefined ? '' : ` (${reason})`} |`;
  });
  return `## ${path}\n\n| question | rows | ms | by |\n| --- | --- | --- | --- |\n${lines.join('\n')}\n`;
}

/** Returns by which indexes a plan finds its rows, and which tables it reads whole. */
export function accessOf({ indexes, wholeTables }: Plan): string {
  const partitions = /^(audit_logs)_\d{4}_\d{2}/;
  const names = [...indexes, ...wholeTables.map((table) => `all of ${table}`)].map((name) => name.replace(partitions, '$1_<month>'));
  return [...new Set(names)].join(', ');
}
