import Joi from 'joi';
import { integer, named, nullable, type Schema, text } from '../../schema/schema';
import { MAX_LIMIT, MAX_NUMBERED_ROWS } from '../definition/limits';
import type { Resource } from '../definition/resource';
import { componentName, objectSchema } from '../definition/schemas';
import type { Search } from '../definition/search';
import { facetsSchema } from './facets/facet-schema';
import { cursorSchema } from './order/cursor';

/** Returns the schema of a page in a response. */
export function pageSchema(resource: Resource): Schema {
  const page = Joi.object({
    data: Joi.array()
      .items(objectSchema(resource))
      .max(MAX_LIMIT)
      .required()
      .description('The objects of the page, in the order of the list.'),
    pagination: paginationSchema().required(),
    ...(resource.search && { search: searchSchema(resource.search) }),
    ...(Object.keys(resource.facets).length > 0 && { facets: facetsSchema(resource) }),
  });
  return named(`${componentName(resource.one)}Page`, page);
}

function paginationSchema(): Joi.ObjectSchema {
  const count = () => integer(0, Number.MAX_SAFE_INTEGER);
  const cursor = () => nullable(cursorSchema()).example(null);
  return named(
    'Pagination',
    Joi.object({
      limit: integer(1, MAX_LIMIT).required().description('The most objects of a page.'),
      hasNext: Joi.boolean().required().description('Whether a page follows.'),
      nextCursor: cursor().description('Of a cursor page: the cursor of the next page; null after the last.'),
      prevCursor: cursor().description('Of a cursor page: the cursor of the page before; null before the first.'),
      page: integer(1, MAX_NUMBERED_ROWS).description('Of a numbered page: its number.'),
      pages: count().description('Of a numbered page: how many there are.'),
      total: count().description('How many objects the list has, where it is asked for.'),
      totalIsEstimate: Joi.boolean().description('Whether the total may be some seconds old, or is an estimate; total=exact counts.'),
    }).description('Where the page is in its list.'),
  );
}

function searchSchema({ wayNames }: Search): Schema {
  const names = Object.keys(wayNames);
  const way = Joi.string().valid(...names);
  const about = Object.entries(wayNames).map(([name, matched]) => `${name}: ${matched}`);
  return Joi.object({
    matchedBy: way
      .allow(null)
      .required()
      .description(`How \`q\` matched (${about.join('; ')}); null where nothing did.`),
    tried: Joi.array()
      .items(way)
      .max(names.length)
      .required()
      .description('The ways that were tried. A later one is tried where the earlier ones find nothing.'),
    suggestion: nullable(text(1, 500))
      .required()
      .example(null)
      .description('A query that `q` may mean; null where there is none, or the first way found something.'),
    isTruncated: Joi.boolean()
      .required()
      .description(
        'Whether the list by relevance ends after its best matches (1,000, or 400 with filters). A list in another order has all of them.',
      ),
  }).description('How `q` was searched; present where it is given.');
}
