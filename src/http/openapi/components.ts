import type { Schema } from '../input/schema';
import { jsonSchema } from './json-schema';

const line = { type: 'string', maxLength: 10_000 } as const;

/** What operations share: the problem document, the way to sign in, and schemas that refer to themselves. */
export function components(named: Readonly<Record<string, Schema>>): Record<string, unknown> {
  return {
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The access token of POST /v1/auth/login (RFC 6750, RFC 8725).',
      },
    },
    schemas: {
      ...Object.fromEntries(Object.entries(named).map(([name, schema]) => [name, jsonSchema(schema, 'output')])),
      Problem: {
        type: 'object',
        description: 'A problem document (RFC 9457).',
        required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
        properties: {
          type: { ...line, description: 'Where the kind of problem is explained.' },
          title: line,
          status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599 },
          detail: { ...line, description: 'What is wrong, and what to do.' },
          instance: line,
          code: { type: 'string', maxLength: 50, description: 'Stable and machine-readable.' },
          requestId: { type: 'string', maxLength: 128 },
          errors: {
            type: 'array',
            maxItems: 10_000,
            description: 'Every broken rule at once.',
            items: {
              type: 'object',
              required: ['pointer', 'code', 'message'],
              properties: { pointer: line, code: { type: 'string', maxLength: 50 }, message: line },
            },
          },
        },
      },
    },
  };
}
