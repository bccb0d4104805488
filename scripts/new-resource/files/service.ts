import type { NewFile, ResourcePlan } from '../resource-plan';

/** Returns the service that its router calls; a slug is made by hooks of the kernel. */
export function serviceFile({ names, columns }: ResourcePlan): NewFile {
  const { domain, plural, singular, resource, one, words } = names;
  const hasSlug = columns.some(({ isSlug }) => isSlug);
  const text = `import { ResourceService } from '../../resource/resource.service';
${hasSlug ? `import { slugHooks } from '../../resource/write/slug';\n` : ''}import { ${resource} } from './${singular}.resource';

/** Manages ${words}. */
export const ${one}Service = new ResourceService(${resource}${hasSlug ? ', slugHooks' : ''});
`;
  return { path: `src/${domain}/${plural}/${singular}.service.ts`, text };
}
