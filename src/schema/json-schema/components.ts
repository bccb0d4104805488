import { isDeepStrictEqual } from 'node:util';

export type Json = Record<string, unknown>;

/** The components of an OpenAPI document by name, collected while its operations are written. */
export interface Components {
  readonly schemas: Map<string, Json>;
  readonly responses: Map<string, Json>;
  readonly headers: Map<string, Json>;
  /** Names of schemas that are written or being written, so that a schema can refer to itself. */
  readonly started: Set<string>;
}

/** Returns empty components. */
export function emptyComponents(): Components {
  return { schemas: new Map(), responses: new Map(), headers: new Map(), started: new Set() };
}

/** Adds a component and returns a reference to it; throws if another component has its name. */
export function addComponent(named: Map<string, Json>, kind: 'schemas' | 'responses' | 'headers', name: string, component: Json): Json {
  const { isNullable, component: plain } = withoutNull(component);
  const known = named.get(name);
  if (known && !isDeepStrictEqual(known, plain)) throw new Error(`Two different ${kind} of the OpenAPI document are named ${name}.`);
  named.set(name, plain);
  const reference = { $ref: `#/components/${kind}/${name}` };
  return isNullable ? { anyOf: [reference, { type: 'null' }] } : reference;
}

/* A nullable component is kept without null, and the reference allows null. */
function withoutNull(component: Json): { isNullable: boolean; component: Json } {
  const { type } = component;
  if (!Array.isArray(type) || !type.includes('null')) return { isNullable: false, component };
  return { isNullable: true, component: { ...component, type: type.find((name) => name !== 'null') } };
}
