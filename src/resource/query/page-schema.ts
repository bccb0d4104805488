import Joi from 'joi';
import { integer, named, nullable, type Schema } from '../../schema/schema';
import { MAX_LIMIT, MAX_NUMBERED_ROWS } from '../definition/limits';
import type { Resource } from '../definition/resource';
import { componentName, objectSchema } from '../definition/schemas';
import { cursorSchema } from './order/cursor';

/** Returns the schema of a page in a response. */
export function pageSchema(resource: Resource): Schema {
  const count = integer(0, Number.MAX_SAFE_INTEGER);
  const cursor = nullable(cursorSchema()).example(null);
  const page = Joi.object({
    data: Joi.array().items(objectSchema(resource)).max(MAX_LIMIT).required(),
    pagination: Joi.object({
      limit: integer(1, MAX_LIMIT).required(),
      hasNext: Joi.boolean().required(),
      nextCursor: cursor,
      prevCursor: cursor,
      page: integer(1, MAX_NUMBERED_ROWS),
      pages: count,
      total: count,
      totalIsEstimate: Joi.boolean(),
    }).required(),
  });
  return named(`${componentName(resource.one)}Page`, page);
}
