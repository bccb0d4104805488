import type { Endpoint } from '../../http/endpoint';
import { MAX_REASON } from '../../http/input/header-text';
import type { Components, Json } from '../../schema/components';
import { jsonSchema } from '../../schema/json-schema';
import type { Shape } from '../../schema/schema';

/** Returns the parameters of an operation: of its path and its query, its conditional headers, and the reason of a write. */
export function parameters({ method, params, query, conditionalHeaders = [] }: Endpoint, components: Components): Json[] {
  return [
    ...ofShape(params, 'path', components),
    ...ofShape(query, 'query', components),
    ...conditionalHeaders.map(conditionalHeader),
    ...(method === 'get' ? [] : [REASON]),
  ];
}

const REASON: Json = {
  name: 'X-Reason',
  in: 'header',
  required: false,
  description: 'Why the change is made, in UTF-8; the audit log keeps it.',
  schema: { type: 'string', maxLength: MAX_REASON, pattern: '^[^\\u0000-\\u001f]*$', examples: ['Counted the shelf'] },
};

function ofShape(shape: Shape | undefined, place: 'path' | 'query', components: Components): Json[] {
  return Object.entries(shape ?? {}).map(([name, declared]) => {
    const { description, ...schema } = jsonSchema(declared, 'input', components);
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

const ENTITY_TAGS = {
  type: 'string',
  maxLength: 1_000,
  pattern: '^[\\t -~]*$',
  examples: ['"01890a5dac96774bbcceb302099a8057.1890a5dac96.1"'],
};

function conditionalHeader(name: 'If-Match' | 'If-None-Match'): Json {
  return {
    name,
    in: 'header',
    required: false,
    description:
      name === 'If-Match'
        ? 'The ETag that the object must have; 412 otherwise.'
        : 'An ETag that the client has; 304 (on a PUT 412) if it is current.',
    schema: ENTITY_TAGS,
  };
}
