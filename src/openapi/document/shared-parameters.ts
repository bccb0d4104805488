import type { Json } from '../../schema/json-schema/components';

type Parameter = Json & { readonly name: string };
type Paths = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** The operations of a document that refer to the parameters that they share. */
interface SharedParameters {
  readonly paths: Paths;
  readonly parameters: ReadonlyMap<string, Json>;
}

/**
 * Returns the operations with a reference in place of each parameter that another operation has word for word, and those parameters by the
 * names of their components: `limit`; `Orders.status` where resources mean different things by the name.
 */
export function shareParameters(paths: Paths): SharedParameters {
  const uses = usesOf(paths);
  const meanings = count([...uses.values()].filter(({ operations }) => operations > 1).map(({ parameter }) => parameter.name));
  const parameters = new Map<string, Json>();
  const references = new Map<string, Json>();
  for (const [text, { parameter, tag, operations }] of uses) {
    if (operations === 1) continue;
    const name = componentName(parameter.name, meanings.get(parameter.name) === 1 ? null : tag);
    if (parameters.has(name)) continue;
    parameters.set(name, parameter);
    references.set(text, { $ref: `#/components/parameters/${name}` });
  }
  return { paths: withReferences(paths, references), parameters };
}

interface Use {
  readonly parameter: Parameter;
  /** That of the first operation that has the parameter. */
  readonly tag: string;
  readonly operations: number;
}

/* By the text of the parameter, in the order of the document. */
function usesOf(paths: Paths): ReadonlyMap<string, Use> {
  const uses = new Map<string, Use>();
  for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
    const [tag] = operation.tags as [string];
    for (const parameter of operation.parameters as readonly Parameter[]) {
      const text = JSON.stringify(parameter);
      const known = uses.get(text) ?? { parameter, tag, operations: 0 };
      uses.set(text, { ...known, operations: known.operations + 1 });
    }
  }
  return uses;
}

function count(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/* The name of a component takes letters, digits, dots, hyphens and underscores only: `price.gte`, `attributes.member.in`. */
function componentName(parameter: string, tag: string | null): string {
  const name = parameter.replace('*', 'member').replace('[', '.').replace(']', '');
  return tag === null ? name : `${tag.split(' ').map(capitalised).join('')}.${name}`;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function withReferences(paths: Paths, references: ReadonlyMap<string, Json>): Paths {
  const shared = (operation: Json): Json => ({
    ...operation,
    parameters: (operation.parameters as readonly Json[]).map((parameter) => references.get(JSON.stringify(parameter)) ?? parameter),
  });
  return mapValues(paths, (path) => mapValues(path, shared));
}

function mapValues<From, To>(object: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
