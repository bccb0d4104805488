import type { Schema } from '../schema';
import { addComponent, type Components, type Json } from './components';

interface StandardJsonSchema {
  readonly '~standard': { readonly jsonSchema: Readonly<Record<'input' | 'output', (options: { target: string }) => Json>> };
}

/** The parts of joi's description that its JSON Schema lacks. */
interface Description {
  readonly metas?: readonly Json[];
  readonly examples?: readonly unknown[];
  readonly allow?: readonly unknown[];
  readonly invalid?: readonly unknown[];
  readonly keys?: Readonly<Record<string, Description>>;
  readonly patterns?: readonly { readonly rule: Description }[];
  readonly items?: readonly Description[];
  readonly matches?: readonly { readonly schema: Description }[];
}

type Mode = 'input' | 'output';

const MAX_INT32 = 2_147_483_647;

/**
 * Returns the JSON Schema (draft 2020-12) of a schema, as joi derives it, completed by formats, examples and the keywords of its `meta`,
 * which are the whole schema if they have a type. `meta.keywords` is a function that makes further ones. `mode` tells a request's value from
 * a response's, whose defaults are filled in. Named schemas are added to `components` and referred to.
 */
export function jsonSchema(schema: Schema, mode: Mode, components: Components): Json {
  const {
    $schema: _,
    $defs: __,
    ...derived
  } = (schema as unknown as StandardJsonSchema)['~standard'].jsonSchema[mode]({ target: 'draft-2020-12' });
  const located = JSON.parse(JSON.stringify(derived).replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
  return completed(located, schema.describe() as Description, mode, components);
}

interface Reference {
  readonly component: string;
  define(): Schema;
}

function completed(derived: Json, description: Description, mode: Mode, components: Components): Json {
  const { metas = [], examples, invalid, allow = [] } = description;
  const { component, reference, keywords: makeKeywords, ...given } = Object.assign({}, ...metas) as Json;
  if (reference) return referenceTo(reference as Reference, allow.includes(null), mode, components);
  if (component !== undefined) components.started.add(String(component));
  const keywords: Json = { ...given, ...(typeof makeKeywords === 'function' && makeKeywords()) };
  const whole: Json = {
    ...('type' in keywords ? { description: derived.description } : derivedKeywords(derived, description, mode, components)),
    ...keywords,
    ...(invalid && { not: { enum: invalid } }),
    ...(examples && { examples }),
  };
  const fitting = whole.type === 'array' ? withoutText(whole) : whole;
  return component === undefined ? fitting : addComponent(components.schemas, 'schemas', String(component), fitting);
}

/* A list of texts that is written in one parameter has the meta of its items. */
function withoutText({ minLength: _, maxLength: __, pattern: ___, format: ____, ...rest }: Json): Json {
  return rest;
}

/* The referenced schema is added unless it has been, or is being written. */
function referenceTo({ component, define }: Reference, isNullable: boolean, mode: Mode, components: Components): Json {
  if (!components.started.has(component)) jsonSchema(define(), mode, components);
  const link = { $ref: `#/components/schemas/${component}` };
  return isNullable ? { anyOf: [link, { type: 'null' }] } : link;
}

function derivedKeywords(derived: Json, description: Description, mode: Mode, components: Components): Json {
  return { ...derived, ...integerFormat(derived), ...enumWithNull(derived), ...parts(derived, description, mode, components) };
}

function parts(
  { properties, patternProperties, items, anyOf }: Json,
  { keys, patterns, items: kinds, matches }: Description,
  mode: Mode,
  components: Components,
): Json {
  return {
    ...(keys && {
      properties: Object.fromEntries(
        Object.entries(keys).map(([name, key]) => [
          name,
          completed((properties as Record<string, Json>)[name] as Json, key, mode, components),
        ]),
      ),
    }),
    ...(patterns && {
      patternProperties: Object.fromEntries(
        Object.entries(patternProperties as Record<string, Json>).map(([pattern, derived], index) => [
          pattern,
          completed(derived, patterns[index]?.rule as Description, mode, components),
        ]),
      ),
    }),
    ...(kinds?.[0] && { items: completed(items as Json, kinds[0], mode, components) }),
    ...(matches && { anyOf: matches.map(({ schema }, index) => completed((anyOf as Json[])[index] as Json, schema, mode, components)) }),
  };
}

function integerFormat({ type, minimum, maximum }: Json): Json {
  if (![type].flat().includes('integer')) return {};
  return { format: Number(minimum) >= -MAX_INT32 - 1 && Number(maximum) <= MAX_INT32 ? 'int32' : 'int64' };
}

/* joi leaves null out of the values of a nullable enumeration, which then would refuse null. */
function enumWithNull({ type, enum: values }: Json): Json {
  return Array.isArray(values) && [type].flat().includes('null') ? { enum: [...values, null] } : {};
}
