import type { ResourcePlan } from '../resource-plan';
import { appendToList } from './list';

const PATH = 'src/accounts/roles/built-in-roles.ts';

/** Makes its permissions known, and gives them to the manager. */
export const editBuiltInRoles = {
  path: () => PATH,
  edit: (text: string, { names }: ResourcePlan): string => appendToList(PATH, text, 'const KEPT_BY_MANAGER = [', `'${names.plural}'`),
};
