import Joi from 'joi';
import { integer, named, optional, type Schema, type Shape, text } from '../../../schema/schema';
import type { Resource } from '../../definition/resource';
import { componentName } from '../../definition/schemas';
import { MAX_COUNTED, MAX_FACETS, MAX_VALUES } from './chosen-facets';

/** Returns the query parameter `facets` of a resource that declares some. */
export function facetShape({ facets }: Resource): Shape {
  const names = Object.keys(facets);
  if (names.length === 0) return {};
  const about = Object.entries(facets).map(([name, { description }]) => `\`${name}\`: ${description}`);
  return {
    facets: optional(
      text(1, 1_000)
        .description(
          `What to count, comma-separated, up to ${MAX_FACETS} names; \`*\` stands for a member. Each is counted under the filters of the others. ${about.join(' ')}`,
        )
        .example(
          names
            .filter((name) => !name.includes('*'))
            .slice(0, 2)
            .join(','),
        ),
    ),
  };
}

/** Returns the schema of the counts in a response. */
export function facetsSchema(resource: Resource): Schema {
  const value = Joi.object({
    value: text(0, 300).required().description('As the filter takes it; a band from..to.').example('Acme'),
    label: text(0, 500).description('The name that customers see, where it differs.').example('Acme'),
    from: text(1, 40).description('Of a band: the lowest value.').example('10'),
    to: text(1, 40).allow(null).description('Of a band: what its values are below; null where it is open.').example('25'),
    count: integer(0, Number.MAX_SAFE_INTEGER).required(),
  });
  const counted = named(
    `${componentName(resource.one)}Facet`,
    Joi.object({
      values: Joi.array().items(value).max(MAX_VALUES).required().description(`The most frequent values, ${MAX_VALUES} at most.`),
      isApproximate: Joi.boolean()
        .required()
        .description(`Whether the counts are estimated from a sample, because more than ${MAX_COUNTED} objects had to be counted.`),
    }),
  );
  return Joi.object()
    .pattern(/^.{1,200}$/su, counted)
    .max(MAX_FACETS)
    .description('The counts of each facet, by its name.');
}
