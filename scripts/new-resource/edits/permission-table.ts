import { capitalised } from '../names';
import { Refusal } from '../refusal';
import type { ResourcePlan } from '../resource-plan';

const PATH = 'tests/http/permission-table.ts';
const END = '\n};\n';

/** Says in the permission table who may call its endpoints. */
export const editPermissionTable = {
  path: () => PATH,
  edit: (text: string, { names, isPublic }: ResourcePlan): string => {
    if (!text.endsWith(END)) throw new Refusal(`${PATH} does not end with its table any more, which the resource would join.`);
    const { model, resource } = names;
    const readers = isPublic ? "'everybody'" : "['manager', 'auditor']";
    const reads = [`list${capitalised(resource)}`, `read${model}`].map((id) => `  ${id}: ${readers},`);
    const single = ['create', 'patch', 'put', 'delete', 'restore'].map((verb) => `${verb}${model}`);
    const many = ['bulk', 'updateMatching'].map((verb) => `${verb}${capitalised(resource)}`);
    const writes = [...single, ...many].map((id) => `  ${id}: ['manager'],`);
    return `${text.slice(0, -END.length)}\n${[...reads, ...writes].join('\n')}${END}`;
  },
};
