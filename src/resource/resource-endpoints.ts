import { type Endpoint, endpoint, type ResponseDeclaration } from '../http/endpoint';
import type { HeaderName } from '../http/output/headers/response-headers';
import { idTaken, inUse, notDeleted, parentDeleted, valueTaken } from '../problems/common-problems';
import { flag, optional, type Shape, uuid } from '../schema/schema';
import { bulkEndpoints } from './bulk/endpoint/bulk-endpoints';
import { isVersioned } from './definition/columns';
import type { Field } from './definition/field';
import type { Resource, Values, Verb } from './definition/resource';
import { creationSchema, isEditable, keyShape, objectSchema, patchSchema } from './definition/schemas';
import { listCost } from './list/count/list-cost';
import { facetsEndpoints } from './list/facets/facets-endpoint';
import { type ListQuery, listShape, readShape } from './query/list-query';
import { pageSchema } from './query/page-schema';
import type { ResourceService } from './resource.service';
import { transferEndpoints } from './transfer/transfer-endpoints';

type Maker = (service: ResourceService) => Endpoint;

/**
 * Returns the endpoints of a resource: its files, whose paths an id could be taken for, then one per verb, in the order of the API
 * documentation, without the verbs whose endpoint the router declares itself.
 */
export function resourceEndpoints(service: ResourceService, ownVerbs: readonly Verb[] = []): Endpoint[] {
  const verbs = service.resource.verbs.filter((verb) => !ownVerbs.includes(verb));
  return [
    ...transferEndpoints(service),
    ...bulkEndpoints(service),
    ...facetsEndpoints(service.resource),
    ...verbs.map((verb) => makers[verb](service)),
  ];
}

const makers: Readonly<Record<Verb, Maker>> = {
  list: (service) => {
    const { resource } = service;
    return endpoint({
      transaction: 'none',
      method: 'get',
      path: '/',
      operationId: `list${capitalised(resource.name)}`,
      summary: `List ${words(resource.name)}`,
      access: resource.access.read,
      query: listShape(resource),
      cost: listCost,
      responses: {
        200: { description: 'A page of the list.', schema: () => pageSchema(resource), headers: ['Link'] },
      },
      run: (ctx, { query }) => service.list(ctx, query as ListQuery),
    });
  },

  read: (service) => {
    const { resource } = service;
    return endpoint({
      transaction: 'none',
      method: 'get',
      path: '/:id',
      operationId: `read${capitalised(resource.one)}`,
      summary: `Read one ${words(resource.one)}`,
      access: resource.access.read,
      params: keyShape(resource),
      query: readShape(resource) as Shape,
      conditionalHeaders: isVersioned(resource) ? ['If-None-Match'] : [],
      responses: { 200: objectResponse(resource, 'The object.'), ...(resource.keepsFormerSlugs && { 301: MOVED }) },
      run: (ctx, { params, query, conditions }) => service.read(ctx, params.id, conditions, query),
    });
  },

  create: (service) => {
    const { resource } = service;
    return endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/',
      operationId: `create${capitalised(resource.one)}`,
      summary: `Create ${withArticle(resource.one)}`,
      access: resource.access.write,
      body: creationSchema(resource),
      example: resource.example,
      responses: { 201: objectResponse(resource, 'The new object.', ['Location']) },
      problems: [valueTaken, ...(resource.problems ?? [])],
      rows: (_ctx, { body }) => service.rowsOf(undefined, body as Values),
      run: (tx, { body }) => service.create(tx, body as Values),
    });
  },

  patch: (service) => {
    const { resource } = service;
    return endpoint({
      transaction: 'managed',
      method: 'patch',
      path: '/:id',
      operationId: `patch${capitalised(resource.one)}`,
      summary: `Change ${withArticle(resource.one)}`,
      description:
        'A JSON Merge Patch (RFC 7396). A version in it is a precondition on edits: sales and stock movements in between do not make it stale.',
      access: resource.access.write,
      params: idShape(resource),
      body: patchSchema(resource),
      example: patchExample(resource),
      conditionalHeaders: ifMatch(resource),
      responses: { 200: objectResponse(resource, 'The changed object.') },
      problems: [valueTaken, ...(resource.problems ?? [])],
      rows: (_ctx, { params, body }) => service.rowsOf(params.id, body as Values),
      run: (tx, { params, body, conditions }) => service.patch(tx, params.id, body as Values, conditions),
    });
  },

  put: (service) => {
    const { resource } = service;
    return endpoint({
      transaction: 'managed',
      method: 'put',
      path: '/:id',
      operationId: `put${capitalised(resource.one)}`,
      summary: `Replace or create ${withArticle(resource.one)}`,
      access: resource.access.write,
      params: idShape(resource),
      body: creationSchema(resource),
      example: replacementExample(resource),
      conditionalHeaders: ['If-Match', 'If-None-Match'],
      responses: {
        200: objectResponse(resource, 'The replaced object.'),
        201: objectResponse(resource, 'The new object.', ['Location']),
      },
      problems: [valueTaken, idTaken, ...(resource.problems ?? [])],
      rows: (_ctx, { params, body }) => service.rowsOf(params.id, body as Values),
      run: (tx, { params, body, conditions }) => service.put(tx, params.id, body as Values, conditions),
    });
  },

  delete: (service) => {
    const { resource } = service;
    return endpoint({
      transaction: 'managed',
      method: 'delete',
      path: '/:id',
      operationId: `delete${capitalised(resource.one)}`,
      summary: `Delete ${withArticle(resource.one)}`,
      description: `A deleted object can be restored by POST …/restore. With force=true it is purged, which needs ${resource.name}:purge: its own ledger entries go with it, and it is refused where an order or another object refers to it.`,
      access: resource.access.write,
      params: idShape(resource),
      query: { ...resource.deletion, force: optional(flag().description('Purges the object: it cannot be restored.')) },
      conditionalHeaders: ifMatch(resource),
      responses: { 204: { description: 'The object is deleted.' } },
      problems: [inUse, ...(resource.problems ?? [])],
      rows: (_ctx, { params }) => service.rowsOf(params.id),
      run: (tx, { params, query: { force, ...options }, conditions }) => service.delete(tx, params.id, force === true, conditions, options),
    });
  },

  restore: (service) => {
    const { resource } = service;
    return endpoint({
      transaction: 'managed',
      method: 'post',
      path: '/:id/restore',
      operationId: `restore${capitalised(resource.one)}`,
      summary: `Restore a deleted ${words(resource.one)}`,
      access: `${resource.name}:restore`,
      params: idShape(resource),
      responses: { 200: objectResponse(resource, 'The restored object.') },
      problems: [notDeleted, parentDeleted, valueTaken, ...(resource.problems ?? [])],
      rows: (_ctx, { params }) => service.rowsOf(params.id),
      run: (tx, { params }) => service.restore(tx, params.id),
    });
  },
};

const MOVED: ResponseDeclaration = { description: 'The object has another slug now, at `Location`.', headers: ['Location'] };

function idShape({ one }: Resource) {
  return { id: uuid().description(`The id of the ${one}.`).required() };
}

function objectResponse(resource: Resource, description: string, headers: readonly HeaderName[] = []): ResponseDeclaration {
  return { description, schema: () => objectSchema(resource), headers: [...headers, ...etagHeader(resource)] };
}

function etagHeader(resource: Resource): readonly 'ETag'[] {
  return isVersioned(resource) ? ['ETag'] : [];
}

function ifMatch(resource: Resource): readonly 'If-Match'[] {
  return isVersioned(resource) ? ['If-Match'] : [];
}

function patchExample({ example, fields }: Resource): Values | undefined {
  const [first] = editableValues(example ?? {}, fields);
  return first && { [first[0]]: first[1] };
}

function replacementExample({ example, fields }: Resource): Values | undefined {
  return example && Object.fromEntries(editableValues(example, fields));
}

function editableValues(values: Values, fields: Resource['fields']): [string, unknown][] {
  return Object.entries(values).filter(([name]) => isEditable(fields[name] as Field));
}

function capitalised(name: string): string {
  return name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function withArticle(name: string): string {
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${words(name)}`;
}

function words(name: string): string {
  return name.replaceAll('-', ' ');
}
