import { type Answer, type Endpoint, reads, writes } from '../http/endpoint';
import { type Shape, uuid } from '../schema/schema';
import type { HeaderName } from '../http/output/response-headers';
import { idTaken, inUse, notDeleted, valueTaken } from '../problems/common-problems';
import { deletedRows, flagParameter, type ListQuery, listShape, readShape, representationOf } from './query/list-query';
import { listObjects } from './list/list-objects';
import { answerRead } from './read/read-one';
import type { Resource, Values, Verb } from './definition/resource';
import { creationSchema, keyShape, objectSchema, pageSchema, patchSchema } from './definition/schemas';
import { isVersioned } from './definition/columns';
import { createObject, deleteObject, patchObject, putObject, restoreObject } from './write/resource.service';

type Maker = (resource: Resource) => Endpoint;

/** The endpoints of a resource, as declared: the verbs it has, in the order of the API docs. */
export function resourceEndpoints(resource: Resource): Endpoint[] {
  return resource.verbs.map((verb) => makers[verb](resource));
}

const makers: Readonly<Record<Verb, Maker>> = {
  list: (resource) =>
    reads({
      method: 'get',
      path: '/',
      id: `list${capitalised(resource.name)}`,
      summary: `List ${words(resource.name)}`,
      access: resource.access.read,
      query: listShape(resource),
      answers: {
        200: { about: 'A page of them.', schema: () => pageSchema(resource), headers: ['Link'] },
      },
      run: (ctx, { query }) => listObjects(ctx, resource, query as ListQuery, resource.prefix),
    }),

  read: (resource) =>
    reads({
      method: 'get',
      path: '/:id',
      id: `read${capitalised(resource.one)}`,
      summary: `Read one ${words(resource.one)}`,
      access: resource.access.read,
      params: keyShape(resource),
      query: readShape(resource) as Shape,
      honours: isVersioned(resource) ? ['If-None-Match'] : [],
      answers: { 200: objectAnswer(resource, 'The object.') },
      run: async (ctx, { params, query, conditions }) => {
        const representation = representationOf(resource, query);
        const deleted = deletedRows(ctx, resource, query.deleted);
        return answerRead(ctx, resource, params.id, conditions, representation, deleted);
      },
    }),

  create: (resource) =>
    writes({
      method: 'post',
      path: '/',
      id: `create${capitalised(resource.one)}`,
      summary: `Create ${withArticle(resource.one)}`,
      access: resource.access.write,
      body: creationSchema(resource),
      example: resource.example,
      answers: { 201: objectAnswer(resource, 'The new object.', ['Location']) },
      problems: [valueTaken, ...(resource.problems ?? [])],
      run: (tx, { body }) => createObject(tx, resource, body as Values),
    }),

  patch: (resource) =>
    writes({
      method: 'patch',
      path: '/:id',
      id: `patch${capitalised(resource.one)}`,
      summary: `Change ${withArticle(resource.one)}`,
      about: 'A JSON Merge Patch (RFC 7396).',
      access: resource.access.write,
      params: idShape(resource),
      body: patchSchema(resource),
      example: patchExample(resource),
      honours: matching(resource),
      answers: { 200: objectAnswer(resource, 'The changed object.') },
      problems: [valueTaken, ...(resource.problems ?? [])],
      run: (tx, { params, body, conditions }) => patchObject(tx, resource, params.id, body as Values, conditions),
    }),

  put: (resource) =>
    writes({
      method: 'put',
      path: '/:id',
      id: `put${capitalised(resource.one)}`,
      summary: `Replace or create ${withArticle(resource.one)}`,
      access: resource.access.write,
      params: idShape(resource),
      body: creationSchema(resource),
      example: resource.example,
      honours: ['If-Match', 'If-None-Match'],
      answers: {
        200: objectAnswer(resource, 'The replaced object.'),
        201: objectAnswer(resource, 'The new object.', ['Location']),
      },
      problems: [valueTaken, idTaken, ...(resource.problems ?? [])],
      run: (tx, { params, body, conditions }) => putObject(tx, resource, params.id, body as Values, conditions),
    }),

  delete: (resource) =>
    writes({
      method: 'delete',
      path: '/:id',
      id: `delete${capitalised(resource.one)}`,
      summary: `Delete ${withArticle(resource.one)}`,
      about: `Softly: POST …/restore brings it back. With force=true it is purged, which needs ${resource.name}:purge.`,
      access: resource.access.write,
      params: idShape(resource),
      query: { force: flagParameter('Purges it for good.') },
      honours: matching(resource),
      answers: { 204: { about: 'It is deleted.' } },
      problems: [inUse, ...(resource.problems ?? [])],
      run: (tx, { params, query, conditions }) => deleteObject(tx, resource, params.id, query.force === true, conditions),
    }),

  restore: (resource) =>
    writes({
      method: 'post',
      path: '/:id/restore',
      id: `restore${capitalised(resource.one)}`,
      summary: `Restore a deleted ${words(resource.one)}`,
      access: `${resource.name}:restore`,
      params: idShape(resource),
      answers: { 200: objectAnswer(resource, 'The restored object.') },
      problems: [notDeleted, valueTaken, ...(resource.problems ?? [])],
      run: (tx, { params }) => restoreObject(tx, resource, params.id),
    }),
};

function idShape({ one }: Resource) {
  return { id: uuid().description(`The id of the ${one}.`).required() };
}

function objectAnswer(resource: Resource, about: string, headers: readonly HeaderName[] = []): Answer {
  return { about, schema: () => objectSchema(resource), headers: [...headers, ...tagHeader(resource)] };
}

function tagHeader(resource: Resource): readonly 'ETag'[] {
  return isVersioned(resource) ? ['ETag'] : [];
}

function matching(resource: Resource): readonly 'If-Match'[] {
  return isVersioned(resource) ? ['If-Match'] : [];
}

function patchExample({ example, fields }: Resource): Values | undefined {
  const [first] = Object.entries(example ?? {}).filter(([name]) => fields[name]?.write !== 'create');
  return first && { [first[0]]: first[1] };
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
