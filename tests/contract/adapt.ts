import type { Fixtures, References } from './fixtures';
import { fitMembers, only } from './members';
import type { Operation as Covered } from './operations';
import { pinned } from './pinned';
import { readable } from './readable';

type Json = Record<string, unknown>;
type Parameter = Json & { readonly name: string; readonly in: string; readonly schema: Json };
type RequestBody = { readonly required: boolean; readonly content: Readonly<Record<string, { readonly schema: Json }>> };
type Reference = { readonly $ref: string };

interface Operation extends Json {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly responses: Readonly<Record<string, Json>>;
}

/*
 * Parameters whose generated values are rightly refused: conditional headers name versions, a cursor carries a checksum, a page number
 * excludes a cursor, and an object is deleted once, with its subcategories or without them.
 */
const UNGUESSABLE = ['cursor', 'after', 'page', 'If-Match', 'If-None-Match', 'force', 'subtree', 'reassignTo'];

/* A write behaves otherwise with each of them, which tests/dry-run and tests/http ask of every write. */
const OF_WRITES = ['dryRun', 'Prefer', 'Idempotency-Key', 'X-Reason'];

/* Specmatic tries every subset of the optional parameters, and a list has 30 to 90 of them. These are those that all lists share. */
const OF_LISTS = ['limit', 'sort', 'fields', 'total'];

/* Fixed values of parameters, where generated ones would rightly be refused. */
const FITTING_PARAMETERS: Readonly<Record<string, string>> = { types: 'orders.*', priceCurrency: 'USD', facets: 'brand' };

const GENERATED = /^(create|patch|put|register|placeOrder|adjustStock)/;

/** Returns the document as Specmatic can use it: the paths of each operation name an existing object of its own. */
export function adapted(document: Json, fixtures: Fixtures, covered: readonly Covered[]): Json {
  const ids = new Set(covered.map(({ id }) => id));
  const copy = readable(document) as Json;
  const paths = copy.paths as Record<string, Record<string, Operation>>;
  const components = copy.components as {
    readonly schemas: Record<string, Json>;
    readonly responses: Record<string, Json>;
    readonly parameters: Record<string, Parameter>;
  };
  for (const [path, operations] of Object.entries(paths)) {
    const kept = Object.entries(operations).filter(([, { operationId }]) => ids.has(operationId));
    if (kept.length === 0) delete paths[path];
    else
      paths[path] = Object.fromEntries(
        kept.map(([method, operation]) => [
          method,
          adaptedOperation(withBody(operation, path, components.schemas, fixtures), components.parameters, fixtures),
        ]),
      );
  }
  for (const [name, schema] of Object.entries(components.schemas)) if (/^New|Patch$/.test(name)) fitMembers(schema, fixtures.references);
  const responses = Object.fromEntries(Object.entries(components.responses).map(([name, response]) => [name, plain(response)]));
  return { ...copy, components: { ...components, parameters: {}, headers: {}, responses } };
}

/* The body of an action names objects in a certain state; those that create and change resources are generated. */
function withBody(operation: Operation, path: string, schemas: Readonly<Record<string, Json>>, fixtures: Fixtures): Operation {
  const { operationId, requestBody } = operation;
  const value = fixtures.body(operationId);
  if (!requestBody || value === undefined || GENERATED.test(`${operationId} ${path}`)) return operation;
  const { required, content: documented } = requestBody as RequestBody;
  const { schema } = documented['application/json'] ?? {};
  const content = { 'application/json': { schema: pinned(value, schema ?? {}, schemas) } };
  return { ...operation, requestBody: { required, content } };
}

function adaptedOperation(operation: Operation, shared: Readonly<Record<string, Parameter>>, fixtures: Fixtures): Operation {
  const { operationId, requestBody } = operation;
  if (requestBody) fitMembers(requestBody, fixtures.references);
  const own = (operation.parameters ?? []).map((one) =>
    isReference(one) ? (shared[one.$ref.split('/').at(-1) as string] as Parameter) : one,
  );
  const parameters = own
    .filter((parameter) => isGuessable(own.length, parameter))
    .map((parameter) =>
      parameter.in === 'path'
        ? given(parameter, fixtures.parameter(operationId, parameter.name))
        : guessable(parameter, fixtures.references),
    );
  // Public endpoints are called as the administrator, too: one scenario instead of one for each kind of caller.
  return { ...operation, parameters, responses: checkable(operation.responses), security: [{ bearer: [] }] };
}

function isReference(one: Parameter | Reference): one is Reference {
  return '$ref' in one;
}

function isGuessable(siblings: number, { name, in: place, required }: Parameter): boolean {
  if (UNGUESSABLE.includes(name) || OF_WRITES.includes(name)) return false;
  return place !== 'query' || required === true || siblings < 10 || OF_LISTS.includes(name);
}

/* Specmatic repeats a comma-separated parameter despite `explode: false`, so the parameter becomes a text of one item. */
function guessable(parameter: Parameter, references: References): Parameter {
  const value = FITTING_PARAMETERS[parameter.name] ?? (parameter.name === 'root' ? references.parentId : undefined);
  if (value !== undefined) return given(parameter, value);
  const { items } = parameter.schema as { readonly items?: Json };
  if (!items) return parameter;
  const [first] = (items.enum ?? []) as readonly string[];
  const { style, explode, ...rest } = parameter;
  return first === undefined ? { ...rest, name: parameter.name, in: parameter.in, schema: items } : given(parameter, first);
}

function given({ name, in: place, required }: Parameter, value: string): Parameter {
  return { name, in: place, required, schema: only(value) };
}

/* Specmatic expects every documented success: 304 needs a known version, the 201 of a PUT a missing object, 200 beside 204 a dry run. */
function checkable(responses: Operation['responses']): Operation['responses'] {
  const isAsked = (status: string) =>
    status !== '304' && !(status === '201' && '200' in responses) && !(status === '200' && '204' in responses);
  const entries = Object.entries(responses).filter(([status]) => isAsked(status));
  return Object.fromEntries(entries.map(([status, response]) => [status, plain(response)]));
}

/* Specmatic accepts any type and requires all: the first is the default. Jest checks the headers, each of which it would require, too. It does not know `const`, which narrows a problem. */
function plain({ headers, content, ...rest }: Json): Json {
  if (!content) return rest;
  const problem = 'application/problem+json';
  if (!(problem in (content as Json))) return { ...rest, content: Object.fromEntries(Object.entries(content as Json).slice(0, 1)) };
  return { ...rest, content: { [problem]: { schema: { $ref: '#/components/schemas/Problem' } } } };
}
