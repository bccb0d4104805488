import type { Fixtures } from './fixtures';
import { fitMembers, only } from './members';
import { readable } from './readable';

type Json = Record<string, unknown>;
type Parameter = Json & { readonly name: string; readonly in: string; readonly schema: Json };

interface Operation extends Json {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly responses: Readonly<Record<string, Json>>;
}

/*
 * Values that only the server knows, or that exclude each other: a generated one is rightly refused. The conditional headers name
 * versions, a cursor carries a checksum, a page beside a cursor is a contradiction.
 */
const UNGUESSABLE = ['cursor', 'page', 'If-Match', 'If-None-Match', 'force'];

/* Every subset of the optional parameters is asked for, and a list has 30 to 90 of them: these are what all lists have. */
const OF_LISTS = ['limit', 'sort', 'fields', 'total'];

/** The document as Specmatic can work with it: paths name objects that are there, each operation its own. */
export function adapted(document: Json, fixtures: Fixtures, isCovered: (operationId: string) => boolean): Json {
  const copy = readable(document) as Json;
  const paths = copy.paths as Record<string, Record<string, Operation>>;
  for (const [path, operations] of Object.entries(paths)) {
    const kept = Object.entries(operations).filter(([, { operationId }]) => isCovered(operationId));
    if (kept.length === 0) delete paths[path];
    else paths[path] = Object.fromEntries(kept.map(([method, operation]) => [method, adaptedOperation(operation, fixtures)]));
  }
  const components = copy.components as { readonly schemas: Record<string, Json>; readonly responses: Record<string, Json> };
  for (const [name, schema] of Object.entries(components.schemas)) if (/^New|Patch$/.test(name)) fitMembers(schema, fixtures.references);
  const responses = Object.fromEntries(Object.entries(components.responses).map(([name, response]) => [name, plain(response)]));
  return { ...copy, components: { ...components, headers: {}, responses } };
}

function adaptedOperation(operation: Operation, fixtures: Fixtures): Operation {
  const { operationId, requestBody } = operation;
  if (requestBody) fitMembers(requestBody, fixtures.references);
  const parameters = (operation.parameters ?? [])
    .filter((parameter) => isGuessable(operation, parameter))
    .map((parameter) =>
      parameter.in === 'path' ? given(parameter, fixtures.parameter(operationId, parameter.name)) : guessable(parameter),
    );
  // Where everybody may ask, the administrator asks all the same: one scenario instead of one for each kind of caller.
  return { ...operation, parameters, responses: checkable(operation.responses), security: [{ bearer: [] }] };
}

function isGuessable({ parameters = [] }: Operation, { name, in: place }: Parameter): boolean {
  if (UNGUESSABLE.includes(name)) return false;
  return place !== 'query' || parameters.length < 10 || OF_LISTS.includes(name);
}

/* A list by comma is repeated as a parameter, in spite of `explode: false`: it is written as a text, of one item. */
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

/* Every success of an operation is asked for: 304 needs a known version, and a PUT's 201 an object that is not there. */
function checkable(responses: Operation['responses']): Operation['responses'] {
  const entries = Object.entries(responses).filter(([status]) => status !== '304' && !(status === '201' && '200' in responses));
  return Object.fromEntries(entries.map(([status, response]) => [status, plain(response)]));
}

/* Headers are jest's: all would be waited for, also those that only some answers have. `const`, which narrows a problem, is unknown. */
function plain({ headers, content, ...rest }: Json): Json {
  if (!content) return rest;
  const problem = 'application/problem+json';
  if (!(problem in (content as Json))) return { ...rest, content };
  return { ...rest, content: { [problem]: { schema: { $ref: '#/components/schemas/Problem' } } } };
}
