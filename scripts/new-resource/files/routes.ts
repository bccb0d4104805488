import type { NewFile, ResourcePlan } from '../resource-plan';

/** Its endpoints, as a section of the docs. */
export function routesFile({ names: { domain, plural, singular, resource, one } }: ResourcePlan): NewFile {
  const text = `import { resourceEndpoints } from '../../resource/endpoints';
import { ${resource} } from './${singular}.resource';

export const ${one}ApiRouter: ApiRouter = { prefix: ${resource}.prefix, tag: ${resource}.tag, description: ${resource}.description, endpoints: resourceEndpoints(${resource}) };
`;
  return { path: `src/${domain}/${plural}/${singular}.routes.ts`, text };
}
