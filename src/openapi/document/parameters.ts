import { queryShape, supportsDryRun } from '../../http/dry-run/dry-run-request';
import { type ConditionalHeader, type Endpoint, isWrite } from '../../http/endpoint';
import { MAX_REASON } from '../../http/input/headers/header-text';
import { MAX_KEY, MIN_KEY } from '../../http/input/headers/idempotency-key';
import type { Components, Json } from '../../schema/json-schema/components';
import { jsonSchema } from '../../schema/json-schema/json-schema';
import { isWildcard, wildcardPattern } from '../../schema/parameters/wildcard';
import type { Shape } from '../../schema/schema';

/** Returns the parameters of an operation: of its path and its query, its conditional headers, the reason and the key of a write, and how to try it. */
export function parameters(endpoint: Endpoint, components: Components): Json[] {
  const { params, conditionalHeaders = [], signedBody } = endpoint;
  return [
    ...ofShape(params, 'path', components),
    ...ofShape(queryShape(endpoint), 'query', components),
    ...conditionalHeaders.map(conditionalHeader),
    ...Object.entries(signedBody?.headers ?? {}).map(signatureHeader),
    ...(isWrite(endpoint) ? [REASON, IDEMPOTENCY_KEY] : []),
    ...(supportsDryRun(endpoint) ? [PREFER] : []),
  ];
}

const REASON: Json = {
  name: 'X-Reason',
  in: 'header',
  required: false,
  description: 'Why the change is made, in UTF-8; the audit log keeps it.',
  schema: { type: 'string', maxLength: MAX_REASON, pattern: '^[^\\u0000-\\u001f]*$', examples: ['Counted the shelf'] },
};

const PREFER: Json = {
  name: 'Prefer',
  in: 'header',
  required: false,
  description: '"dry-run" tries the write: the response says what it would do, and nothing is changed (RFC 7240).',
  schema: { type: 'string', maxLength: 1_000, pattern: '^[\\t -~]*$', examples: ['dry-run'] },
};

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Any text that this client uses for this request alone, such as a random UUID. Repeated with it, the request takes effect once, and the first response is sent again, for 48 hours.',
  schema: {
    type: 'string',
    minLength: MIN_KEY,
    maxLength: MAX_KEY,
    pattern: '^[!-~]+$',
    examples: ['0199f3c0-5a10-7c3e-9d55-6a2f5f0c1b2d'],
  },
};

function ofShape(shape: Shape | undefined, place: 'path' | 'query', components: Components): Json[] {
  return Object.entries(shape ?? {}).map(([name, declared]) => {
    const { description, ...schema } = jsonSchema(declared, 'input', components);
    if (isWildcard(name)) return membersParameter(name, description, schema);
    return {
      name,
      in: place,
      required: place === 'path' || declared.validate(undefined).error !== undefined,
      ...(description !== undefined && { description }),
      ...(schema.type === 'array' && { style: 'form', explode: false }),
      schema,
    };
  });
}

/* An object that is written in parts (RFC 6570's explode): each member is a parameter of its own. */
function membersParameter(name: string, description: unknown, schema: Json): Json {
  return {
    name,
    in: 'query',
    required: false,
    description,
    style: 'form',
    explode: true,
    schema: {
      type: 'object',
      patternProperties: { [wildcardPattern(name).source]: schema },
      additionalProperties: false,
      maxProperties: 10,
    },
  };
}

const ENTITY_TAGS = {
  type: 'string',
  maxLength: 1_000,
  pattern: '^[\\t -~]*$',
  examples: ['"01890a5dac96774bbcceb302099a8057.1890a5dac96.1"'],
};

const LAST_EVENT_ID: Json = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The id of the last event that the client has; browsers send it when they connect again. It goes before "after".',
  schema: { type: 'string', maxLength: 300, pattern: '^[\\w-]*$', examples: ['latest'] },
};

const RANGE: Json = {
  name: 'Range',
  in: 'header',
  required: false,
  description: 'The bytes that the client wants, one range (RFC 9110, 14); the response is a 206 with these. If-Range is heeded.',
  schema: { type: 'string', maxLength: 1_000, pattern: '^[\\t -~]*$', examples: ['bytes=0-1023'] },
};

/* Optional, because a request without one is refused as one whose signature is wrong. */
function signatureHeader([name, description]: readonly [string, string]): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string', maxLength: 4_096, pattern: '^[!-~ ]*$' } };
}

function conditionalHeader(name: ConditionalHeader): Json {
  if (name === 'Last-Event-ID') return LAST_EVENT_ID;
  if (name === 'Range') return RANGE;
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
