import Joi from 'joi';
import { endpoint } from '../../../../http/endpoint';
import { ok } from '../../../../http/output/reply';
import { defaulted, integer, list, named, nullable, object, oneOf, text, uuid } from '../../../../schema/schema';
import { suggestionsFor } from '../../product.service';

const MAX = 20;

const suggestion = named(
  'ProductSuggestion',
  Joi.object({
    kind: oneOf('product', 'brand', 'category').required(),
    text: text(1, 200).required().description('The name to show and to search for.').example('Chai'),
    id: nullable(uuid()).required().description('The id of the product or category; null for a brand.').example(null),
  }),
);

/** What a shop front asks while a customer types. */
export const suggestionEndpoints = [
  endpoint({
    transaction: 'none',
    method: 'get',
    path: '/suggestions',
    operationId: 'suggestProducts',
    summary: 'Suggest names while a customer types',
    description: 'Categories, brands and products whose names have the words of q, the last one as the beginning of a word.',
    access: 'public',
    query: {
      q: text(1, 200).description('What is typed so far.').example('ch').required(),
      limit: defaulted(integer(1, MAX).description('The most suggestions; 10 by default.'), 10),
    },
    cost: () => 2,
    responses: {
      200: {
        description: 'The suggestions, the best first.',
        schema: () => named('ProductSuggestions', object({ data: list(suggestion, 0, MAX) })),
      },
    },
    run: async (ctx, { query }) => ok({ data: await suggestionsFor(ctx, query.q, query.limit) }),
  }),
];
