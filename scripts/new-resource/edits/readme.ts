import { Refusal } from '../refusal';
import type { ResourcePlan } from '../resource-plan';

const PATH = 'README.md';
const END = '; outside `/v1`:';

/** Names it in the README's list of resources. */
export const editReadme = {
  path: () => PATH,
  edit: (text: string, { names }: ResourcePlan): string => {
    if (!text.includes(END)) throw new Refusal(`${PATH} has no list of resources up to "${END}" any more, which the resource would join.`);
    return text.replace(END, () => ` · \`${names.plural}\`${END}`);
  },
};
