import type { Json, Shared } from '../schema/components';

/* Whatever PostgreSQL can store: no U+0000. */
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
      description: 'Where the kind of problem is explained.',
    },
    title: { ...LINE, description: 'The kind of problem, in words.' },
    status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599, description: 'The status of the answer.' },
    detail: { ...LINE, description: 'What is wrong, and what to do.' },
    instance: { ...LINE, description: 'The path of the request.' },
    code: { ...CODE, description: 'Stable and machine-readable.' },
    requestId: { type: 'string', maxLength: 128, pattern: '^[\\w.:+/=-]{1,128}$', description: 'The X-Request-Id of the request.' },
    errors: {
      type: 'array',
      maxItems: 10_000,
      description: 'Every broken rule at once.',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'message'],
        properties: {
          pointer: { ...LINE, description: 'A JSON pointer (RFC 6901) into the body, or the name of the parameter.' },
          code: { ...CODE, description: 'Stable and machine-readable.' },
          message: { ...LINE, description: 'The rule, in words.' },
        },
      },
    },
  },
};

/** What operations share: the way to sign in, the problem document, and whatever they have brought together. */
export function components({ schemas, responses, headers }: Shared): Json {
  return {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token of POST /v1/auth/login: RFC6750, and RFC8725 for what is checked of it.',
      },
    },
    schemas: { ...sorted(schemas), Problem: PROBLEM },
    headers: sorted(headers),
    responses: sorted(responses),
  };
}

function sorted(components: ReadonlyMap<string, Json>): Json {
  return Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
}
