import type { Schema } from '../input/schema';

type JsonSchema = Record<string, unknown>;

interface StandardJsonSchema {
  readonly '~standard': { readonly jsonSchema: Readonly<Record<'input' | 'output', (options: { target: string }) => JsonSchema>> };
}

/**
 * The JSON Schema (draft 2020-12) of a schema, as joi derives it, less its envelope. `mode` tells a value that comes in from one
 * that goes out, where a default is filled in. What refers to itself is found among the document's components.
 */
export function jsonSchema(schema: Schema, mode: 'input' | 'output'): JsonSchema {
  const {
    $schema: _,
    $defs: __,
    ...derived
  } = (schema as unknown as StandardJsonSchema)['~standard'].jsonSchema[mode]({ target: 'draft-2020-12' });
  return JSON.parse(JSON.stringify(derived).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
}
