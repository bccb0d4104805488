import type { Components, Json } from '../../schema/json-schema/components';

/* Text that PostgreSQL can store: no U+0000. */
const LINE = { type: 'string', maxLength: 10_000, pattern: '^[^\\u0000]*$' } as const;
const CODE = { type: 'string', maxLength: 50, pattern: '^[a-z0-9_]+$' } as const;

const PROBLEM = {
  type: 'object',
  description: 'A problem document (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
  properties: {
    type: {
      type: 'string',
      maxLength: 100,
      pattern: '^/docs/problems#[a-z0-9_]+$',
      description: 'The URL of an explanation of the kind of problem.',
    },
    title: { ...LINE, description: 'A short title of the kind of problem.' },
    status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599, description: 'The HTTP status of the response.' },
    detail: { ...LINE, description: 'What is wrong, and what to do.' },
    instance: { ...LINE, description: 'The path of the request.' },
    code: { ...CODE, description: 'Stable and machine-readable.' },
    requestId: { type: 'string', maxLength: 128, pattern: '^[\\w.:+/=-]{1,128}$', description: 'The X-Request-Id of the request.' },
    errors: {
      type: 'array',
      maxItems: 10_000,
      description: 'Every rule that the request breaks.',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: { ...LINE, description: 'A JSON pointer (RFC 6901) into the body, or the name of the parameter.' },
          code: { ...CODE, description: 'Stable and machine-readable.' },
          message: { ...LINE, description: 'What the rule requires.' },
        },
      },
    },
    operations: {
      type: 'array',
      maxItems: 1_000,
      description: 'Of a bulk request: every operation that is refused.',
      items: {
        type: 'object',
        required: ['index', 'problem'],
        properties: {
          index: { type: 'integer', format: 'int32', minimum: 0, maximum: 999, description: 'The index of the operation, from 0.' },
          id: { type: 'string', format: 'uuid', minLength: 36, maxLength: 36, description: 'The object, where the request names one.' },
          problem: { $ref: '#/components/schemas/Problem' },
        },
      },
    },
  },
};

/** Returns the components of the document: the security scheme, the problem document, and what the operations share. */
export function documentComponents({ schemas, responses, headers }: Components, parameters: ReadonlyMap<string, Json>): Json {
  return {
    securitySchemes: {
      signature: {
        type: 'apiKey',
        in: 'header',
        name: 'webhook-signature',
        description: 'A signature of the body by a secret that its sender shares with the shop (https://www.standardwebhooks.com).',
      },
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token that POST /v1/auth/login returns (RFC6750, checked as RFC8725 advises).',
      },
      guest: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Guest-Token',
        description: 'The token that POST /v1/carts returns to a guest, for the cart and the order that is made of it.',
      },
    },
    schemas: { ...sorted(schemas), Problem: PROBLEM },
    parameters: sorted(parameters),
    headers: sorted(headers),
    responses: sorted(responses),
  };
}

function sorted(named: ReadonlyMap<string, Json>): Json {
  return Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}
