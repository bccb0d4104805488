import type { Endpoint } from '../http/endpoint';
import type { Json, Shared } from '../schema/components';
import { jsonSchema } from '../schema/json-schema';
import type { Shape } from '../schema/schema';

/** The parameters of an operation: in its path, in its query, and the conditional headers it honours. */
export function parameters({ params, query, conditionalHeaders = [] }: Endpoint, shared: Shared): Json[] {
  return [...ofShape(params, 'path', shared), ...ofShape(query, 'query', shared), ...conditionalHeaders.map(conditionalHeader)];
}

function ofShape(shape: Shape | undefined, place: 'path' | 'query', shared: Shared): Json[] {
  return Object.entries(shape ?? {}).map(([name, declared]) => {
    const { description, ...schema } = jsonSchema(declared, 'input', shared);
    return {
      name,
      in: place,
      required: place === 'path',
      ...(description !== undefined && { description }),
      ...(schema.type === 'array' && { style: 'form', explode: false }),
      schema,
    };
  });
}

const ENTITY_TAGS = { type: 'string', maxLength: 1_000, pattern: '^[\\t -~]*$', examples: ['"1"'] };

function conditionalHeader(name: 'If-Match' | 'If-None-Match'): Json {
  return {
    name,
    in: 'header',
    required: false,
    description:
      name === 'If-Match'
        ? 'Refuses (412) unless the object is at this ETag.'
        : 'Answers 304 (412 on a PUT) where the object is at this ETag.',
    schema: ENTITY_TAGS,
  };
}
