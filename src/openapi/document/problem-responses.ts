import type { Endpoint } from '../../http/endpoint';
import { type HeaderName, headers } from '../../http/output/headers/response-headers';
import type { ProblemType } from '../../problems/problem';
import { addComponent, type Components, type Json } from '../../schema/json-schema/components';
import { problemsOf } from '../problems-of';

const OWN_HEADERS: Readonly<Record<number, readonly HeaderName[]>> = {
  401: ['WWW-Authenticate'],
  409: ['Retry-After', 'Idempotency-Replayed'],
  412: ['Idempotency-Replayed'],
  415: ['Accept-Post'],
  422: ['Idempotency-Replayed'],
  429: ['Retry-After'],
  503: ['Retry-After'],
};

/** Returns the responses of an operation that are problem documents: one per status, with every code that it can have. */
export function problemResponses(endpoint: Endpoint, components: Components): Json {
  return Object.fromEntries(
    [...problemsOf(endpoint)].map(([status, kinds]) => [String(status), problemResponse(status, kinds, components)]),
  );
}

function problemResponse(status: number, kinds: readonly ProblemType[], components: Components): Json {
  const codes = kinds.map(({ code }) => code);
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { type: 'object', properties: { status: { const: status }, code: { type: 'string', enum: codes } } },
    ],
  };
  const examples = Object.fromEntries(kinds.map((kind) => [kind.code, { summary: kind.title, value: example(kind) }]));
  return addComponent(components.responses, 'responses', codes.join('-'), {
    description: kinds.map(({ code, title }) => `${code}: ${title}.`).join(' '),
    headers: headers(OWN_HEADERS[status] ?? [], components),
    content: { 'application/problem+json': { schema, examples } },
  });
}

function example({ code, status, title }: ProblemType): Json {
  return {
    type: `/docs/problems#${code}`,
    title,
    status,
    detail: `${title}.`,
    instance: '/v1/products',
    code,
    requestId: '0199f3c0-5a10-7c3e-9d55-6a2f5f0c1b2d',
    ...(code === 'invalid_body' && { errors: [{ pointer: '/price', code: 'wrong_type', message: 'price must be a string' }] }),
    ...(code === 'invalid_parameters' && {
      errors: [{ pointer: 'limit', code: 'too_large', message: 'limit must be less than or equal to 100' }],
    }),
  };
}
