import type { NewFile, ResourcePlan } from '../resource-plan';

/** Its endpoints, as a section of the docs. */
export function routesFile({ names: { domain, plural, singular, resource, one } }: ResourcePlan): NewFile {
  const text = `import type { Routes } from '../../http/endpoint';
import { resourceEndpoints } from '../../resource/endpoints';
import { ${resource} } from './${singular}.resource';

export const ${one}Routes: Routes = { prefix: ${resource}.prefix, tag: ${resource}.tag, about: ${resource}.about, endpoints: resourceEndpoints(${resource}) };
`;
  return { path: `src/${domain}/${plural}/${singular}.routes.ts`, text };
}
