import { type Json, type Shared, share } from './components';
import type { Schema } from './schema';

interface StandardJsonSchema {
  readonly '~standard': { readonly jsonSchema: Readonly<Record<'input' | 'output', (options: { target: string }) => Json>> };
}

/** What joi's own description tells and its JSON Schema leaves out. */
interface Description {
  readonly metas?: readonly Json[];
  readonly examples?: readonly unknown[];
  readonly allow?: readonly unknown[];
  readonly invalid?: readonly unknown[];
  readonly keys?: Readonly<Record<string, Description>>;
  readonly items?: readonly Description[];
  readonly matches?: readonly { readonly schema: Description }[];
}

type Mode = 'input' | 'output';

const MAX_INT32 = 2_147_483_647;

/**
 * The JSON Schema (draft 2020-12) of a schema, as joi derives it, completed by formats, examples and the words of its
 * `meta`, which are the whole schema where they name a type; `words` there is a function that makes them when they are asked for.
 * `mode` tells a value that comes in from one that goes out, where a default is filled in. Named schemas become references to `shared`.
 */
export function jsonSchema(schema: Schema, mode: Mode, shared: Shared): Json {
  const {
    $schema: _,
    $defs: __,
    ...derived
  } = (schema as unknown as StandardJsonSchema)['~standard'].jsonSchema[mode]({ target: 'draft-2020-12' });
  const located = JSON.parse(JSON.stringify(derived).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  return completed(located, schema.describe() as Description, mode, shared);
}

interface Reference {
  readonly component: string;
  define(): Schema;
}

function completed(derived: Json, description: Description, mode: Mode, shared: Shared): Json {
  const { metas = [], examples, invalid, allow = [] } = description;
  const { component, reference, words: written, ...given } = Object.assign({}, ...metas) as Json;
  if (reference) return referenceTo(reference as Reference, allow.includes(null), mode, shared);
  if (component !== undefined) shared.started.add(String(component));
  const words: Json = { ...given, ...(typeof written === 'function' && written()) };
  const whole: Json = {
    ...('type' in words ? { description: derived.description } : ownWords(derived, description, mode, shared)),
    ...words,
    ...(invalid && { not: { enum: invalid } }),
    ...(examples && { examples }),
  };
  return component === undefined ? whole : share(shared.schemas, 'schemas', String(component), whole);
}

/* The referenced schema is written once, unless it is being written already. */
function referenceTo({ component, define }: Reference, isNullable: boolean, mode: Mode, shared: Shared): Json {
  if (!shared.started.has(component)) jsonSchema(define(), mode, shared);
  const link = { $ref: `#/components/schemas/${component}` };
  return isNullable ? { anyOf: [link, { type: 'null' }] } : link;
}

function ownWords(derived: Json, description: Description, mode: Mode, shared: Shared): Json {
  return { ...derived, ...integerFormat(derived), ...enumWithNull(derived), ...parts(derived, description, mode, shared) };
}

function parts({ properties, items, anyOf }: Json, { keys, items: kinds, matches }: Description, mode: Mode, shared: Shared): Json {
  return {
    ...(keys && {
      properties: Object.fromEntries(
        Object.entries(keys).map(([name, key]) => [name, completed((properties as Record<string, Json>)[name] as Json, key, mode, shared)]),
      ),
    }),
    ...(kinds?.[0] && { items: completed(items as Json, kinds[0], mode, shared) }),
    ...(matches && { anyOf: matches.map(({ schema }, index) => completed((anyOf as Json[])[index] as Json, schema, mode, shared)) }),
  };
}

function integerFormat({ type, minimum, maximum }: Json): Json {
  if (![type].flat().includes('integer')) return {};
  return { format: Number(minimum) >= -MAX_INT32 - 1 && Number(maximum) <= MAX_INT32 ? 'int32' : 'int64' };
}

/* joi leaves null out of the values of a nullable enumeration, which would refuse it. */
function enumWithNull({ type, enum: values }: Json): Json {
  return Array.isArray(values) && [type].flat().includes('null') ? { enum: [...values, null] } : {};
}
