import Joi from 'joi';
import { defaulted, flag, integer, list, named, object, oneOf, optional, reference, type Schema, uuid } from '../../../schema/schema';
import type { Resource, Values, Verb } from '../../definition/resource';
import { componentName, creationSchema, patchSchema } from '../../definition/schemas';
import { filterBody } from '../../query/filters/filters';
import type { WriteOperation } from '../../write/pending-write';
import { operationFaults } from './operation-faults';

/** The most operations of a request. */
export const MOST_OPERATIONS = 1_000;

/** One operation of a bulk request. */
export interface Operation {
  readonly op: WriteOperation;
  readonly id?: string;
  readonly version?: number;
  readonly data?: Values;
}

/** The body of a bulk request. */
export interface BulkBody {
  readonly atomic: boolean;
  readonly operations: readonly Operation[];
}

const VERB_OF: Readonly<Record<WriteOperation, Verb>> = { create: 'create', update: 'patch', delete: 'delete', restore: 'restore' };

/** Returns the operations that a resource has: those of its single endpoints. */
export function operationsOf({ verbs }: Resource): WriteOperation[] {
  return (Object.keys(VERB_OF) as WriteOperation[]).filter((operation) => verbs.includes(VERB_OF[operation]));
}

/** Returns the schema of a bulk request. The data of each operation is validated by itself, so that one broken rule is one operation's. */
export function bulkSchema(resource: Resource): Schema<BulkBody> {
  const shape = {
    atomic: atomicFlag(),
    operations: list(operationSchema(resource), 1, MOST_OPERATIONS),
  };
  return named(`${componentName(resource.name)}Bulk`, object(shape).custom(operationFaults(resource))) as unknown as Schema<BulkBody>;
}

/** Returns the schema of the choice between all operations or none, and each by itself. */
export function atomicFlag(): Schema<boolean> {
  return defaulted(
    flag().description('Whether all operations are done or none; with false, those that are refused are left out and the rest is done.'),
    true,
  );
}

function operationSchema(resource: Resource): Schema {
  const { one, fields } = resource;
  const operations = operationsOf(resource);
  const name = componentName(one);
  const data = [
    ...(operations.includes('create') ? [reference(`New${name}`, () => creationSchema(resource))] : []),
    ...(operations.includes('update') ? [reference(`${name}Patch`, () => patchSchema(resource))] : []),
  ];
  return object({
    op: oneOf(...operations).description('What to do.'),
    id: optional(uuid().description(idText(resource))),
    ...(fields.version && {
      version: optional(
        fields.version.schema.description('The version that the client has edited; a later edit refuses the operation (412).'),
      ),
    }),
    ...(data.length > 0 && {
      data: optional((data.length === 1 ? data[0] : Joi.alternatives().try(...data)) as Schema).description(
        'The values of a creation, or the JSON Merge Patch of an update; nothing else has data.',
      ),
    }),
  });
}

function idText({ one, verbs }: Resource): string {
  return verbs.includes('put')
    ? `The id of the ${one}; of a creation the id that it gets, or none.`
    : `The id of the ${one}; a creation has none.`;
}

/** Returns the schema of a number of matches that is the most to change. */
export function matchLimit(): Schema<number> {
  return integer(1, MOST_OPERATIONS).description('The most objects to change: where more match, nothing is changed.').example(100);
}

/** Returns the schema of a filter in a body: at least one of the list's filters, by the names of its parameters. */
export function matchFilter(resource: Resource): Schema<Values> {
  const filter = filterBody(resource)
    .min(1)
    .required()
    .messages({
      'object.unknown': `{{#label}} is not a filter of ${resource.name.replaceAll('-', ' ')}; /openapi.json lists them`,
      'object.min': 'filter must have a filter',
    })
    .description('The filters of the list, by the names of its parameters; in and nin take a list of values.');
  return named(`${componentName(resource.name)}Filter`, filter) as Schema<Values>;
}
