import type { Components, Json } from '../../schema/json-schema/components';

/**
 * Returns an example of a schema, from its examples, values and bounds. Related objects are left out, because a response has them only
 * on `include`. Throws for a text that has neither an example nor values.
 */
export function exampleOf(schema: Json, components: Components, within: readonly string[] = []): unknown {
  const { $ref: reference, examples, enum: values, anyOf } = schema;
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) as string;
    return exampleOf(components.schemas.get(name) as Json, components, [...within, name]);
  }
  if (Array.isArray(examples)) return examples[0];
  if (Array.isArray(values)) return values[0];
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0] as Json, components, within);
  switch ([schema.type].flat()[0]) {
    case 'object':
      return members(schema, components, within);
    case 'array':
      return elements(schema.items as Json, components, within);
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Math.max(Number(schema.minimum), 0);
    default:
      throw new Error(`The OpenAPI document lacks an example of ${within.join('/')}: ${JSON.stringify(schema)}`);
  }
}

function members({ properties = {}, required = [] }: Json, components: Components, within: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(properties as Record<string, Json>)
      .filter(([name, schema]) => (required as string[]).includes(name) || !isRelated(schema))
      .map(([name, schema]) => [name, exampleOf(schema, components, [...within, name])]),
  );
}

function isRelated({ $ref: reference, anyOf, items }: Json): boolean {
  return reference !== undefined || anyOf !== undefined || (items as Json | undefined)?.$ref !== undefined;
}

/* One element, or none where the element would contain itself. */
function elements(items: Json, components: Components, within: readonly string[]): unknown[] {
  const name = String(items.$ref ?? '')
    .split('/')
    .at(-1) as string;
  return within.includes(name) ? [] : [exampleOf(items, components, within)];
}
