import type { NewFile, ResourcePlan } from '../resource-plan';

/** Returns the service that its router calls. */
export function serviceFile({ names }: ResourcePlan): NewFile {
  const { domain, plural, singular, resource, one, words } = names;
  const text = `import { ResourceService } from '../../resource/resource.service';
import { ${resource} } from './${singular}.resource';

/** Manages ${words}. */
export const ${one}Service = new ResourceService(${resource});
`;
  return { path: `src/${domain}/${plural}/${singular}.service.ts`, text };
}
