import { previewSchema } from '../../dry-run/preview.schemas';
import type { ResponseDeclaration } from '../../http/endpoint';
import { headers } from '../../http/output/headers/response-headers';
import { addComponent, type Components, type Json } from '../../schema/json-schema/components';
import { jsonSchema } from '../../schema/json-schema/json-schema';
import { exampleOf } from './example';

/** Returns the response of a write that can be tried: its body or, of a dry run, its body with a preview. */
export function responseWithPreview({ description, schema, headers: own = [] }: ResponseDeclaration, components: Components): Json {
  if (!schema) return { description, headers: headers(own, components) };
  const plain = jsonSchema(schema(), 'output', components);
  return {
    description,
    headers: headers([...own, 'Preference-Applied'], components),
    content: {
      'application/json': { schema: { anyOf: [plain, withPreview(plain, components)] }, example: exampleOf(plain, components) },
    },
  };
}

/** Returns the response of a dry run whose write has no body. */
export function previewResponse(components: Components): Json {
  const schema = addComponent(components.schemas, 'schemas', 'DryRun', {
    type: 'object',
    additionalProperties: false,
    required: ['preview'],
    properties: { preview: jsonSchema(previewSchema(), 'output', components) },
  });
  return {
    description: 'Of a dry run: what the request would have changed.',
    headers: headers(['Preference-Applied'], components),
    content: {
      'application/json': { schema, example: { preview: exampleOf(jsonSchema(previewSchema(), 'output', components), components) } },
    },
  };
}

/* The schema with one more member: it is closed, so no combination of schemas could add it. */
function withPreview(plain: Json, components: Components): Json {
  const name = typeof plain.$ref === 'string' ? (plain.$ref.split('/').at(-1) as string) : null;
  const { required = [], properties, ...rest } = name === null ? plain : (components.schemas.get(name) as Json);
  if (properties === undefined) throw new Error('The response of a write must be a JSON object: a dry run adds its preview to it.');
  const extended: Json = {
    ...rest,
    required: [...(required as string[]), 'preview'],
    properties: { ...properties, preview: jsonSchema(previewSchema(), 'output', components) },
  };
  return name === null ? extended : addComponent(components.schemas, 'schemas', `${name}DryRun`, extended);
}
