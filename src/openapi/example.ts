import type { Json, Shared } from '../schema/components';

/**
 * An example of what a schema lets through, from the examples, values and bounds in it. Related objects, which come only where they
 * are asked for, stay out. Throws where a text has neither an example nor values to choose from.
 */
export function exampleOf(schema: Json, shared: Shared, within: readonly string[] = []): unknown {
  const { $ref: reference, examples, enum: values, anyOf } = schema;
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) as string;
    return exampleOf(shared.schemas.get(name) as Json, shared, [...within, name]);
  }
  if (Array.isArray(examples)) return examples[0];
  if (Array.isArray(values)) return values[0];
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0] as Json, shared, within);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return members(schema, shared, within);
    case 'array':
      return elements(schema.items as Json, shared, within);
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum), 0);
    default:
      throw new Error(`The OpenAPI document lacks an example of ${within.join('/')}: ${JSON.stringify(schema)}`);
  }
}

function members({ properties = {}, required = [] }: Json, shared: Shared, within: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(properties as Record<string, Json>)
      .filter(([name, schema]) => (required as string[]).includes(name) || !isRelated(schema))
      .map(([name, schema]) => [name, exampleOf(schema, shared, [...within, name])]),
  );
}

function isRelated({ $ref: reference, anyOf, items }: Json): boolean {
  return reference !== undefined || anyOf !== undefined || (items as Json | undefined)?.$ref !== undefined;
}

/* One element shows the form; none where the element would hold itself. */
function elements(items: Json, shared: Shared, within: readonly string[]): unknown[] {
  const name = String(items.$ref ?? '')
    .split('/')
    .at(-1) as string;
  return within.includes(name) ? [] : [exampleOf(items, shared, within)];
}
