import { type Endpoint, endpoint } from '../../../http/endpoint';
import { integer, named, object } from '../../../schema/schema';
import type { Field } from '../../definition/field';
import type { Resource, Values } from '../../definition/resource';
import { componentName, isEditable, patchSchema } from '../../definition/schemas';
import type { ManagedResource } from '../../write/write-hooks';
import { operationsRefused, resultsSchema } from './bulk-outcomes';
import { atomicFlag, type BulkBody, bulkSchema, MOST_OPERATIONS, matchFilter, matchLimit, operationsOf } from './bulk-schema';
import { tooManyMatches } from './lock-matching';
import { runBulk } from './run-bulk';
import { type MatchingBody, updateMatching } from './update-matching';

/** A resource's writes, and the rows that each locks. */
interface BulkService extends ManagedResource {
  rowsOf(id?: string, values?: Values): readonly string[];
}

/* As a search: it may write a thousand objects. */
const BULK_COST = 10;
/* A thousand objects of a hundred values each. */
const BULK_BODY = { bytesSetting: 'BULK_BODY_LIMIT_BYTES', values: 100_000 } as const;

/** Returns the endpoints that write many objects of a resource at once; none where clients cannot write it. */
export function bulkEndpoints(service: BulkService): Endpoint[] {
  const { resource } = service;
  const operations = operationsOf(resource);
  if (operations.length === 0) return [];
  return [bulk(service), ...(operations.includes('update') ? [byFilter(service)] : [])];
}

function bulk(service: BulkService): Endpoint {
  const { resource } = service;
  const operations = operationsOf(resource);
  const words = resource.name.replaceAll('-', ' ');
  return endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/bulk',
    operationId: `bulk${componentName(resource.name)}`,
    summary: `Write many ${words}`,
    description: `Up to ${MOST_OPERATIONS} operations (${operations.join(', ')}) as one change set, each under the rules that it has alone; restore needs ${resource.name}:restore. Deletions are done first, then restorations, updates and creations. No two operations may be about the same object.`,
    access: resource.access.write,
    body: bulkSchema(resource),
    largeBody: BULK_BODY,
    example: bulkExample(resource),
    cost: () => BULK_COST,
    responses: {
      200: {
        description: 'The result of each operation, in order.',
        schema: () => named('BulkResults', object({ results: resultsSchema(MOST_OPERATIONS) })),
      },
    },
    problems: [operationsRefused],
    rows: (_ctx, { body }) => [
      ...new Set((body as BulkBody).operations.flatMap(({ op, id, data }) => service.rowsOf(op === 'create' ? undefined : id, data))),
    ],
    run: (tx, { body }) => runBulk(tx, service, body as BulkBody),
  });
}

function byFilter(service: BulkService): Endpoint {
  const { resource } = service;
  const words = resource.name.replaceAll('-', ' ');
  return endpoint({
    transaction: 'managed',
    method: 'post',
    path: '/bulk/update',
    operationId: `updateMatching${componentName(resource.name)}`,
    summary: `Change all ${words} that match a filter`,
    description: `Applies one JSON Merge Patch to every object that the list with these filters shows, as one change set. Where more match than the limit, nothing is changed, and the problem says how many. A dry run shows which.`,
    access: resource.access.write,
    body: object({ filter: matchFilter(resource), limit: matchLimit(), atomic: atomicFlag(), data: patchSchema(resource) }),
    largeBody: BULK_BODY,
    example: matchingExample(resource),
    cost: () => BULK_COST,
    responses: {
      200: {
        description: 'How many matched, and the result of each, in the order of their ids.',
        schema: () => named('MatchingResults', object({ matched: integer(0, MOST_OPERATIONS), results: resultsSchema(MOST_OPERATIONS) })),
      },
    },
    problems: [operationsRefused, tooManyMatches],
    rows: (_ctx, { body }) => service.rowsOf(undefined, (body as unknown as MatchingBody).data),
    run: (tx, { body }) => updateMatching(tx, service, body as unknown as MatchingBody),
  });
}

function bulkExample({ example = {}, verbs }: Resource): object {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';
  if (verbs.includes('create')) return { atomic: true, operations: [{ op: 'create', data: example }] };
  return { atomic: true, operations: [verbs.includes('patch') ? { op: 'update', id, data: example } : { op: 'delete', id }] };
}

function matchingExample(resource: Resource): object {
  const [first] = Object.entries(resource.example ?? {}).filter(([name]) => isEditable(resource.fields[name] as Field));
  return { filter: { id: '01890a5d-ac96-774b-bcce-b302099a8057' }, limit: 1, data: first ? { [first[0]]: first[1] } : {} };
}
