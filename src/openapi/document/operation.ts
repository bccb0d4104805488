import { type Access, isOpen } from '../../context/permission';
import { supportsDryRun } from '../../http/dry-run/dry-run-request';
import { type Endpoint, isWrite, type ResponseDeclaration } from '../../http/endpoint';
import { MERGE_PATCH_TYPE } from '../../http/input/body/body';
import { bodyBounds, type LargeBody } from '../../http/input/json/body-bounds';
import { headers } from '../../http/output/headers/response-headers';
import type { ApiRouter } from '../../http/routing/api-router';
import type { Components, Json } from '../../schema/json-schema/components';
import { jsonSchema } from '../../schema/json-schema/json-schema';
import type { Schema } from '../../schema/schema';
import { exampleOf } from './example';
import { parameters } from './parameters';
import { previewResponse, responseWithPreview } from './preview-responses';
import { problemResponses } from './problem-responses';

/** Returns one operation of the document, from its declaration; adds what operations share to `components`. */
export function operation(table: ApiRouter, endpoint: Endpoint, components: Components): Json {
  const { operationId, summary, description, access, body, uploads, signedBody } = endpoint;
  return {
    operationId,
    tags: [table.tag],
    summary,
    description: [description, isOpen(access) ? null : accessNote(access)].filter(Boolean).join(' ') || summary,
    security: signedBody ? [{ signature: [] }] : securityOf(access),
    parameters: parameters(endpoint, components),
    ...(body && { requestBody: requestBody(endpoint, body, components) }),
    ...(uploads && { requestBody: { required: true, description: 'The file, compressed or not.', content: fileContent(uploads) } }),
    responses: { ...successes(endpoint, components), ...problemResponses(endpoint, components) },
  };
}

function securityOf(access: Access): Json[] {
  if (access === 'anonymous') return [];
  if (access === 'guest') return [{ bearer: [] }, { guest: [] }];
  return isOpen(access) ? [{}, { bearer: [] }] : [{ bearer: [] }];
}

function accessNote(access: string): string {
  if (access === 'guest') return 'Requires an access token or the token of a guest.';
  return access === 'signed-in' ? 'Requires an access token.' : `Requires the permission ${access}.`;
}

function requestBody({ method, example, largeBody }: Endpoint, body: Schema, components: Components): Json {
  const schema = jsonSchema(body, 'input', components);
  const media = { schema, example: example ?? exampleOf(schema, components) };
  return {
    required: body.validate(undefined).error !== undefined,
    description: largeBody ? largeSizeNote(largeBody) : sizeNote(body),
    content: method === 'patch' ? { [MERGE_PATCH_TYPE]: media, 'application/json': media } : { 'application/json': media },
  };
}

/* BODY_LIMIT_BYTES may lower what the schema allows. */
function sizeNote(body: Schema): string {
  const { bytes, values } = bodyBounds(body, Number.POSITIVE_INFINITY);
  return Number.isFinite(bytes) ? `At most ${bytes} bytes, decompressed, and ${values} JSON values.` : `At most ${values} JSON values.`;
}

function largeSizeNote({ bytesSetting, values }: LargeBody): string {
  return `As many bytes, decompressed, as ${bytesSetting} allows, and at most ${values} JSON values.`;
}

function successes(endpoint: Endpoint, components: Components): Json {
  const { responses: declared, method, conditionalHeaders } = endpoint;
  const isCacheable = method === 'get' && conditionalHeaders?.includes('If-None-Match');
  const write = supportsDryRun(endpoint) ? responseWithPreview : responseOf;
  return {
    ...Object.fromEntries(
      Object.entries(declared).map(([status, response]) => [status, write(replayable(endpoint, response), components)]),
    ),
    ...(supportsDryRun(endpoint) && 204 in declared && { 200: previewResponse(components) }),
    ...(isCacheable && {
      304: { description: 'Not modified: the client has the current version.', headers: headers(['ETag'], components) },
    }),
  };
}

/* Any write may be answered by the first response to its Idempotency-Key. */
function replayable(endpoint: Endpoint, response: ResponseDeclaration): ResponseDeclaration {
  return !isWrite(endpoint) ? response : { ...response, headers: [...(response.headers ?? []), 'Idempotency-Replayed'] };
}

function responseOf({ description, schema, mediaTypes, headers: own = [] }: ResponseDeclaration, components: Components): Json {
  const content = schema && jsonSchema(schema(), 'output', components);
  return {
    description,
    headers: headers(own, components),
    ...(content && { content: { 'application/json': { schema: content, example: exampleOf(content, components) } } }),
    ...(mediaTypes && { content: fileContent(mediaTypes) }),
  };
}

/** Returns the content of a body that is a file of any length, in one of the media types; of a form, one with a file. */
function fileContent(mediaTypes: readonly string[]): Json {
  return Object.fromEntries(mediaTypes.map((type) => [type, { schema: type === FORM ? formSchema() : fileSchema(type) }]));
}

function formSchema(): Json {
  return { type: 'object', properties: { file: fileSchema('application/octet-stream') }, required: ['file'], additionalProperties: false };
}

/* Bytes are a string for OpenAPI 3.1, with their media type beside it. */
function fileSchema(mediaType: string): Json {
  const text = { type: 'string', maxLength: MAX_INT32, pattern: '^[\\s\\S]*$' };
  return /^text\/|json$/.test(mediaType) ? text : { ...text, contentMediaType: mediaType };
}

const FORM = 'multipart/form-data';

const MAX_INT32 = 2_147_483_647;
