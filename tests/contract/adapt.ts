import type { Fixtures } from './fixtures';
import { fitMembers, only } from './members';
import { readable } from './readable';

type Json = Record<string, unknown>;
type Parameter = Json & { readonly name: string; readonly in: string; readonly schema: Json };
type Reference = { readonly $ref: string };

interface Operation extends Json {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly responses: Readonly<Record<string, Json>>;
}

/*
 * Parameters whose generated values are rightly refused: conditional headers name versions, a cursor carries a checksum, and a page
 * number excludes a cursor.
 */
const UNGUESSABLE = ['cursor', 'page', 'If-Match', 'If-None-Match', 'force'];

/* Specmatic tries every subset of the optional parameters, and a list has 30 to 90 of them. These are those that all lists share. */
const OF_LISTS = ['limit', 'sort', 'fields', 'total'];

/** Returns the document as Specmatic can use it: the paths of each operation name an existing object of its own. */
export function adapted(document: Json, fixtures: Fixtures, isCovered: (operationId: string) => boolean): Json {
  const copy = readable(document) as Json;
  const paths = copy.paths as Record<string, Record<string, Operation>>;
  const components = copy.components as {
    readonly schemas: Record<string, Json>;
    readonly responses: Record<string, Json>;
    readonly parameters: Record<string, Parameter>;
  };
  for (const [path, operations] of Object.entries(paths)) {
    const kept = Object.entries(operations).filter(([, { operationId }]) => isCovered(operationId));
    if (kept.length === 0) delete paths[path];
    else
      paths[path] = Object.fromEntries(
        kept.map(([method, operation]) => [method, adaptedOperation(operation, components.parameters, fixtures)]),
      );
  }
  for (const [name, schema] of Object.entries(components.schemas)) if (/^New|Patch$/.test(name)) fitMembers(schema, fixtures.references);
  const responses = Object.fromEntries(Object.entries(components.responses).map(([name, response]) => [name, plain(response)]));
  return { ...copy, components: { ...components, parameters: {}, headers: {}, responses } };
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
      parameter.in === 'path' ? given(parameter, fixtures.parameter(operationId, parameter.name)) : guessable(parameter),
    );
  // Public endpoints are called as the administrator, too: one scenario instead of one for each kind of caller.
  return { ...operation, parameters, responses: checkable(operation.responses), security: [{ bearer: [] }] };
}

function isReference(one: Parameter | Reference): one is Reference {
  return '$ref' in one;
}

function isGuessable(siblings: number, { name, in: place }: Parameter): boolean {
  if (UNGUESSABLE.includes(name)) return false;
  return place !== 'query' || siblings < 10 || OF_LISTS.includes(name);
}

/* Specmatic repeats a comma-separated parameter despite `explode: false`, so the parameter becomes a text of one item. */
function guessable(parameter: Parameter): Parameter {
  const { items } = parameter.schema as { readonly items?: Json };
  if (!items) return parameter;
  const [first] = (items.enum ?? []) as readonly string[];
  const { style, explode, ...rest } = parameter;
  return first === undefined ? { ...rest, name: parameter.name, in: parameter.in, schema: items } : given(parameter, first);
}

function given({ name, in: place, required }: Parameter, value: string): Parameter {
  return { name, in: place, required, schema: only(value) };
}

/* Specmatic expects every documented success: 304 needs a known version, and the 201 of a PUT a missing object. */
function checkable(responses: Operation['responses']): Operation['responses'] {
  const entries = Object.entries(responses).filter(([status]) => status !== '304' && !(status === '201' && '200' in responses));
  return Object.fromEntries(entries.map(([status, response]) => [status, plain(response)]));
}

/* Jest checks the headers: Specmatic requires each of them in every response. It does not know `const`, which narrows a problem. */
function plain({ headers, content, ...rest }: Json): Json {
  if (!content) return rest;
  const problem = 'application/problem+json';
  if (!(problem in (content as Json))) return { ...rest, content };
  return { ...rest, content: { [problem]: { schema: { $ref: '#/components/schemas/Problem' } } } };
}
