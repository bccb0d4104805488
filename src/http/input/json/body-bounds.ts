import { type Components, emptyComponents, type Json } from '../../../schema/json-schema/components';
import { jsonSchema } from '../../../schema/json-schema/json-schema';
import type { Schema } from '../../../schema/schema';

/** The largest body that an endpoint reads: its bytes, decompressed, and its JSON values. */
export interface BodyBounds {
  readonly bytes: number;
  readonly values: number;
}

/** The bounds of a body that may be larger than others: the setting with its bytes, and its JSON values. */
export interface LargeBody {
  readonly bytesSetting: 'BULK_BODY_LIMIT_BYTES';
  readonly values: number;
}

/* Twice what the schema allows, for whitespace; a body within the least bounds costs next to nothing, and its faults are named. */
const SLACK = 2;
const LEAST: BodyBounds = { bytes: 16_384, values: 1_000 };
const MOST_VALUES = 10_000;
/* A character as an escape: \u00e9. */
const BYTES_PER_CHARACTER = 6;
const BYTES_PER_NUMBER = 32;
/* The least that a value takes: a digit and a comma. */
const BYTES_PER_VALUE = 2;

/** Returns the bounds of the bodies that a schema can accept, at most `maxBytes` bytes and 10,000 values. */
export function bodyBounds(schema: Schema, maxBytes: number): BodyBounds {
  const components = emptyComponents();
  const { bytes, values } = boundsOf(jsonSchema(schema, 'input', components), components, []);
  return {
    bytes: Math.min(maxBytes, Math.max(LEAST.bytes, SLACK * bytes)),
    values: Math.min(MOST_VALUES, Math.max(LEAST.values, SLACK * values)),
  };
}

const UNBOUNDED: BodyBounds = { bytes: Number.POSITIVE_INFINITY, values: Number.POSITIVE_INFINITY };

function boundsOf(schema: Json, components: Components, within: readonly string[]): BodyBounds {
  const { $ref: reference, anyOf, enum: allowed } = schema;
  if (typeof reference === 'string') {
    const name = reference.split('/').at(-1) as string;
    if (within.includes(name)) return UNBOUNDED;
    return boundsOf(components.schemas.get(name) as Json, components, [...within, name]);
  }
  if (Array.isArray(anyOf)) return largest(anyOf.map((kind: Json) => boundsOf(kind, components, within)));
  if (Array.isArray(allowed)) return largest(allowed.map((value) => ({ bytes: jsonLength(value), values: 1 })));
  return largest([schema.type].flat().map((type) => ofType(String(type), schema, components, within)));
}

function largest(bounds: readonly BodyBounds[]): BodyBounds {
  return { bytes: Math.max(...bounds.map(({ bytes }) => bytes)), values: Math.max(...bounds.map(({ values }) => values)) };
}

/* An enumerated value may be written in escapes. */
function jsonLength(value: unknown): number {
  return JSON.stringify(value).length * BYTES_PER_CHARACTER;
}

function ofType(type: string, schema: Json, components: Components, within: readonly string[]): BodyBounds {
  switch (type) {
    case 'string':
      return { bytes: Number(schema.maxLength ?? Number.POSITIVE_INFINITY) * BYTES_PER_CHARACTER + 2, values: 1 };
    case 'integer':
    case 'number':
    case 'boolean':
    case 'null':
      return { bytes: BYTES_PER_NUMBER, values: 1 };
    case 'array': {
      const item = boundsOf(schema.items as Json, components, within);
      const most = Number(schema.maxItems ?? Number.POSITIVE_INFINITY);
      return { bytes: most * (item.bytes + 1) + 2, values: most * item.values + 1 };
    }
    case 'object':
      return ofObject(schema, components, within);
    default:
      return UNBOUNDED;
  }
}

/* An object of any members states its own size. */
function ofObject({ properties, additionalProperties, 'x-max-bytes': maxBytes }: Json, components: Components, within: readonly string[]) {
  if (additionalProperties === true)
    return maxBytes === undefined ? UNBOUNDED : { bytes: Number(maxBytes), values: Number(maxBytes) / BYTES_PER_VALUE };
  const members = Object.entries((properties ?? {}) as Record<string, Json>);
  return members.reduce(
    (sum, [name, member]) => {
      const { bytes, values } = boundsOf(member, components, within);
      return { bytes: sum.bytes + jsonLength(name) + bytes + 2, values: sum.values + values };
    },
    { bytes: 2, values: 1 },
  );
}
