import { isDeepStrictEqual } from 'node:util';

export type Json = Record<string, unknown>;

/** The components that operations share, by name; they come together while the operations are written. */
export interface Shared {
  readonly schemas: Map<string, Json>;
  readonly responses: Map<string, Json>;
  readonly headers: Map<string, Json>;
  /** The names of schemas that are written or being written, so that one may refer to itself. */
  readonly started: Set<string>;
}

/** Nothing shared so far. */
export function nothingShared(): Shared {
  return { schemas: new Map(), responses: new Map(), headers: new Map(), started: new Set() };
}

/** Keeps a component under its name and answers the reference to it; throws where the name stands for something else already. */
export function share(components: Map<string, Json>, kind: 'schemas' | 'responses' | 'headers', name: string, component: Json): Json {
  const { isNullable, component: plain } = withoutNull(component);
  const known = components.get(name);
  if (known && !isDeepStrictEqual(known, plain)) throw new Error(`Two different ${kind} of the OpenAPI document are named ${name}.`);
  components.set(name, plain);
  const reference = { $ref: `#/components/${kind}/${name}` };
  return isNullable ? { anyOf: [reference, { type: 'null' }] } : reference;
}

/* What may be null in one place is shared without it, and null is allowed where it is referred to. */
function withoutNull(component: Json): { isNullable: boolean; component: Json } {
  const { type } = component;
  if (!Array.isArray(type) || !type.includes('null')) return { isNullable: false, component };
  return { isNullable: true, component: { ...component, type: type.find((name) => name !== 'null') } };
}
