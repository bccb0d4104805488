import type { ResourcePlan } from '../resource-plan';
import { addImport, appendToList } from './list';

/** Puts the endpoints at the end of the domain's. */
export const editRoutes = {
  path: ({ names }: ResourcePlan) => `src/${names.domain}/routes.ts`,
  edit: (text: string, { names: { domain, plural, singular, one } }: ResourcePlan): string => {
    const imported = addImport(text, `import { ${one}Router } from './${plural}/${singular}.routes';`);
    return appendToList(`src/${domain}/routes.ts`, imported, `export const ${domain}Routers: readonly ApiRouter[] = [`, `${one}Router`);
  },
};
