import type { Endpoint, Routes } from '../endpoint';
import { MERGE_PATCH_TYPE } from '../input/body';
import type { Schema, Shape } from '../input/schema';
import { jsonSchema } from './json-schema';
import { problemsOf } from './problems-of';

type Json = Record<string, unknown>;

/** One operation of the document, from its declaration. */
export function operation(table: Routes, endpoint: Endpoint): Json {
  const { id, summary, about, access, body } = endpoint;
  return {
    operationId: id,
    tags: [table.tag],
    summary,
    description: [about, access === 'public' ? null : accessNote(access)].filter(Boolean).join(' ') || summary,
    security: access === 'public' ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query'), ...conditionalHeaders(endpoint)],
    ...(body && { requestBody: requestBody(endpoint, body) }),
    responses: { ...answers(endpoint), ...problems(endpoint) },
  };
}

function accessNote(access: string): string {
  return access === 'signed-in' ? 'For whoever is signed in.' : `Needs the permission ${access}.`;
}

function parameters(shape: Shape | undefined, place: 'path' | 'query'): Json[] {
  return Object.entries(shape ?? {}).map(([name, schema]) => {
    const { description, ...rest } = jsonSchema(schema, 'input');
    return { name, in: place, required: place === 'path', ...(description !== undefined && { description }), schema: rest };
  });
}

const HEADER_SCHEMA = { type: 'string', maxLength: 1_000 };

function conditionalHeaders({ honours = [] }: Endpoint): Json[] {
  return honours.map((name) => ({
    name,
    in: 'header',
    required: false,
    description:
      name === 'If-Match'
        ? 'Refuses (412) unless the object is at this ETag.'
        : 'Answers 304 (412 on a PUT) where the object is at this ETag.',
    schema: HEADER_SCHEMA,
  }));
}

function requestBody({ method, example }: Endpoint, body: Schema): Json {
  const media = { schema: jsonSchema(body, 'input'), ...(example !== undefined && { example }) };
  return {
    required: true,
    content: method === 'patch' ? { [MERGE_PATCH_TYPE]: media, 'application/json': media } : { 'application/json': media },
  };
}

const REQUEST_ID = {
  'X-Request-Id': {
    description: 'The name of the request, in the logs and the audit log, too.',
    schema: { type: 'string', maxLength: 128 },
  },
};

function answers(endpoint: Endpoint): Json {
  const entries = Object.entries(endpoint.answers).map(([status, { about, schema, headers = {} }]): [string, Json] => [
    status,
    {
      description: about,
      headers: { ...REQUEST_ID, ...headersOf(headers) },
      ...(schema && { content: { 'application/json': { schema: jsonSchema(schema, 'output') } } }),
    },
  ]);
  const isCacheable = endpoint.method === 'get' && endpoint.honours?.includes('If-None-Match');
  return {
    ...Object.fromEntries(entries),
    ...(isCacheable && { 304: { description: 'The client has it already.', headers: REQUEST_ID } }),
  };
}

function headersOf(headers: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string', maxLength: 20_000 } }]),
  );
}

function problems(endpoint: Endpoint): Json {
  return Object.fromEntries(
    [...problemsOf(endpoint)].map(([status, kinds]) => [
      String(status),
      {
        description: kinds.map(({ code, title }) => `${code}: ${title}.`).join(' '),
        headers: REQUEST_ID,
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { type: 'object', properties: { code: { type: 'string', enum: kinds.map(({ code }) => code) } } },
              ],
            },
          },
        },
      },
    ]),
  );
}
