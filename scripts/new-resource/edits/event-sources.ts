import type { ResourcePlan } from '../resource-plan';
import { addImport, appendToList } from './list';

/** Puts the resource's events at the end of the domain's. */
export const editEventSources = {
  path: ({ names }: ResourcePlan) => `src/${names.domain}/event-sources.ts`,
  edit: (text: string, { names: { domain, plural, singular, resource } }: ResourcePlan): string => {
    const path = `src/${domain}/event-sources.ts`;
    const imported = addImport(text, `import { ${resource} } from './${plural}/${singular}.resource';`);
    return appendToList(path, imported, `export const ${domain}Events: readonly EventSource[] = [`, `eventSourceOf(${resource})`);
  },
};
