import type { Column } from '../columns';
import { Refusal } from '../refusal';
import type { ResourcePlan } from '../resource-plan';

const PATH = 'tests/dry-run/support/every-write.ts';
const END = '\n};\n';

/** Adds its writes to those that the tests try in a dry run. */
export const editEveryWrite = {
  path: () => PATH,
  edit: (text: string, { names, columns }: ResourcePlan): string => {
    if (!text.endsWith(END)) throw new Refusal(`${PATH} does not end with its list any more, which the resource would join.`);
    const given = columns.filter(({ isSlug }) => !isSlug);
    const values = given.map((column) => `${column.name}: ${column.unique ? anotherOf(column) : JSON.stringify(column.type.examples[0])}`);
    const changed = given.find(({ unique }) => !unique);
    const change = changed ? `${changed.name}: ${JSON.stringify(changed.type.examples[1])}` : '';
    const line = `...verbs('/v1/${names.plural}', '${names.model}', async () => ({ ${values.join(', ')} }), { ${change} }),`;
    return `${text.slice(0, -END.length)}\n  ${line}${END}`;
  },
};

/* The expression of a value that no other object of the run has. */
function anotherOf({ type }: Column): string {
  switch (type.field) {
    case 'integer':
      return 'numbered()';
    case 'money':
      return 'numbered().toFixed(2)';
    case 'date':
      return 'new Date(numbered() * 86_400_000).toISOString().slice(0, 10)';
    case 'timestamp':
      return 'new Date(numbered() * 1_000).toISOString()';
    default:
      return 'String(numbered())';
  }
}
