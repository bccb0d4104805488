import type { NewFile, ResourcePlan } from '../resource-plan';

/** Returns its router, a section of the docs. */
export function routesFile({ names: { domain, plural, singular, resource, one } }: ResourcePlan): NewFile {
  const text = `import { apiRouter } from '../../http/routing/api-router';
import { resourceEndpoints } from '../../resource/resource-endpoints';
import { ${resource} } from './${singular}.resource';
import { ${one}Service } from './${singular}.service';

export const ${one}Router = apiRouter({
  prefix: ${resource}.prefix,
  tag: ${resource}.tag,
  description: ${resource}.description,
  endpoints: resourceEndpoints(${one}Service),
});
`;
  return { path: `src/${domain}/${plural}/${singular}.routes.ts`, text };
}
