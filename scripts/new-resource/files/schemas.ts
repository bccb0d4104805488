import { type Column, defaultOf, isRequired } from '../columns';
import { capitalised } from '../names';
import type { NewFile, ResourcePlan } from '../resource-plan';

/** The table of fields: what clients see, send, filter and sort by. */
export function schemasFile({ names, columns }: ResourcePlan): NewFile {
  const { domain, plural, singular, one, aWord } = names;
  const text = `import { deletedAt, field, stamps } from '../../resource/definition/field';

/** ${capitalised(aWord)} as clients see it. */
export const ${one}Fields = {
  id: field.id(),
  ${columns.map((column) => `${column.name}: ${call(column)},`).join('\n  ')}
  ...stamps,
  deletedAt,
} as const;
`;
  return { path: `src/${domain}/${plural}/${singular}.schemas.ts`, text };
}

function call(column: Column): string {
  const { type, nullable } = column;
  if (column.isSlug) return `field.slug({ ${type.options}, example: ${JSON.stringify(type.examples[0])} })`;
  const value = defaultOf(column);
  const options = [
    type.options,
    `write: '${isRequired(column) ? 'required' : 'optional'}'`,
    nullable && 'nullable: true',
    value !== undefined && `default: ${JSON.stringify(value)}`,
    type.filter && 'filter: true',
    type.sort && 'sort: true',
    column.unique && 'unique: true',
    `description: '${descriptionOf(column)}'`,
    `example: ${JSON.stringify(type.examples[0])}`,
  ].filter(Boolean);
  const choices = type.choices ? `${JSON.stringify(type.choices)}, ` : '';
  return `field.${type.field}(${choices}{ ${options.join(', ')} })`;
}

function descriptionOf({ name, type }: Column): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (type.field !== 'flag') return `Its ${words}.`;
  return words.startsWith('has ') ? `Whether it ${words}.` : `Whether it is ${words.replace(/^is /, '')}.`;
}
