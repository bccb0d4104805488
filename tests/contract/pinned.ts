/*
 * Specmatic sends another value than the only one as a wrong request, and appends `_` to a text; the document allows it where it is a
 * text like another.
 */
const OTHER_TEXT = /is mutated from \("(.*)"\) to "\1_"/;

/** Returns whether a wrong request is wrong only to a schema of `pinned`, and right to the document. */
export function isWrongToPinned(title: string): boolean {
  return title.startsWith('-ve') && OTHER_TEXT.test(title);
}

type Json = Record<string, unknown>;

/**
 * Returns the schema of this value, which a schema of the document allows; what that requires stays required. Numbers and booleans may
 * vary within it: another is as right, so that Specmatic would send it as a wrong one.
 */
export function pinned(value: unknown, schema: Json, components: Readonly<Record<string, Json>>): Json {
  const { $ref } = schema;
  if (typeof $ref === 'string') return pinned(value, components[$ref.split('/').at(-1) as string] ?? {}, components);
  if (Array.isArray(value)) {
    const items = (schema.items ?? {}) as Json;
    return { type: 'array', items: pinned(value[0], items, components), minItems: 1, maxItems: 1 };
  }
  if (typeof value === 'number' || typeof value === 'boolean') return schema;
  if (typeof value !== 'object' || value === null) return { type: value === null ? 'null' : 'string', enum: [value] };
  const { properties = {}, required = [] } = schema as {
    readonly properties?: Record<string, Json>;
    readonly required?: readonly string[];
  };
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return {
    type: 'object',
    properties: Object.fromEntries(members.map(([name, member]) => [name, pinned(member, properties[name] ?? {}, components)])),
    required: required.filter((name) => name in value),
    additionalProperties: false,
  };
}
