import { Refusal } from '../refusal';
import type { ResourcePlan } from '../resource-plan';

const PATH = 'README.md';

/** Names it in the README's table of resources, in the row of its domain. */
export const editReadme = {
  path: () => PATH,
  edit: (text: string, { names: { domain, plural } }: ResourcePlan): string => {
    const row = new RegExp(`^\\| ${domain} \\| .*(?= \\|$)`, 'm');
    if (!row.test(text))
      throw new Refusal(`${PATH} has no row "| ${domain} |" in its table of resources any more, which the resource would join.`);
    return text.replace(row, (listed) => `${listed} · \`${plural}\``);
  },
};
