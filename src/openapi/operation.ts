import type { Endpoint, ResponseDeclaration } from '../http/endpoint';
import { MERGE_PATCH_TYPE } from '../http/input/body';
import { headers } from '../http/output/response-headers';
import type { ApiRouter } from '../http/routing/api-router';
import type { Json, Shared } from '../schema/components';
import { jsonSchema } from '../schema/json-schema';
import type { Schema } from '../schema/schema';
import { exampleOf } from './example';
import { parameters } from './parameters';
import { problemAnswers } from './problem-responses';

/** One operation of the document, from its declaration; what others say alike goes to `shared`. */
export function operation(table: ApiRouter, endpoint: Endpoint, shared: Shared): Json {
  const { operationId, summary, description, access, body } = endpoint;
  return {
    operationId,
    tags: [table.tag],
    summary,
    description: [description, access === 'public' ? null : accessNote(access)].filter(Boolean).join(' ') || summary,
    security: access === 'public' ? [{}, { bearer: [] }] : [{ bearer: [] }],
    parameters: parameters(endpoint, shared),
    ...(body && { requestBody: requestBody(endpoint, body, shared) }),
    responses: { ...answers(endpoint, shared), ...problemAnswers(endpoint, shared) },
  };
}

function accessNote(access: string): string {
  return access === 'signed-in' ? 'For whoever is signed in.' : `Needs the permission ${access}.`;
}

function requestBody({ method, example }: Endpoint, body: Schema, shared: Shared): Json {
  const schema = jsonSchema(body, 'input', shared);
  const media = { schema, example: example ?? exampleOf(schema, shared) };
  return {
    required: true,
    content: method === 'patch' ? { [MERGE_PATCH_TYPE]: media, 'application/json': media } : { 'application/json': media },
  };
}

function answers({ responses: declared, method, conditionalHeaders }: Endpoint, shared: Shared): Json {
  const isCacheable = method === 'get' && conditionalHeaders?.includes('If-None-Match');
  return {
    ...Object.fromEntries(Object.entries(declared).map(([status, answer]) => [status, answerOf(answer, shared)])),
    ...(isCacheable && { 304: { description: 'The client has it already.', headers: headers(['ETag'], shared) } }),
  };
}

function answerOf({ description, schema, headers: own = [] }: ResponseDeclaration, shared: Shared): Json {
  const content = schema && jsonSchema(schema(), 'output', shared);
  return {
    description: description,
    headers: headers(own, shared),
    ...(content && { content: { 'application/json': { schema: content, example: exampleOf(content, shared) } } }),
  };
}
