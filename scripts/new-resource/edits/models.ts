import { capitalised } from '../names';
import type { ResourcePlan } from '../resource-plan';
import { addImport, appendToList } from './list';

/** Registers the model in its domain, as an audited one. */
export const editModels = {
  path: ({ names }: ResourcePlan) => `src/${names.domain}/models.ts`,
  edit: (text: string, { names: { domain, plural, singular, model } }: ResourcePlan): string => {
    const path = `src/${domain}/models.ts`;
    const imported = addImport(text, `import { ${model}, register${model} } from './${plural}/${singular}.model';`);
    const audited = appendToList(path, imported, `export const audited${capitalised(domain)} = [`, model);
    return appendToList(path, audited, 'for (const register of [', `register${model}`);
  },
};
