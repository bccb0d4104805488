import { capitalised } from '../names';
import type { NewFile, ResourcePlan } from '../resource-plan';

/** The declaration that every endpoint, schema and document of the resource follows from. */
export function declarationFile({ names, columns, isPublic }: ResourcePlan): NewFile {
  const { domain, plural, singular, resource, one, model, words } = names;
  const hasSlug = columns.some(({ isSlug }) => isSlug);
  const hasName = columns.some(({ name, type }) => name === 'name' && type.sort);
  const example = Object.fromEntries(columns.filter(({ isSlug }) => !isSlug).map(({ name, type }) => [name, type.examples[0]]));
  const members = [
    `name: '${plural}'`,
    `one: '${singular}'`,
    `prefix: '/v1/${plural}'`,
    `tag: '${capitalised(words)}'`,
    `description: 'The ${words} of ${domain === 'catalogue' ? 'the catalogue' : domain}.'`,
    `model: () => ${model}`,
    `fields: ${one}Fields`,
    hasName && `defaultSort: 'name'`,
    hasSlug && `naturalKey: 'slug'`,
    isPublic && `access: { read: 'public' }`,
    `example: ${JSON.stringify(example)}`,
  ].filter(Boolean);
  const text = `import { defineResource } from '../../resource/definition/resource';
import { ${model} } from './${singular}.model';
import { ${one}Fields } from './${singular}.schemas';

/** ${capitalised(words)} of ${domain === 'catalogue' ? 'the catalogue' : domain}. */
export const ${resource} = defineResource({
  ${members.join(',\n  ')},
});
`;
  return { path: `src/${domain}/${plural}/${singular}.resource.ts`, text };
}
