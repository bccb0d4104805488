import { setImmediate } from 'node:timers/promises';
import type { Endpoint } from '../../http/endpoint';
import type { ApiRouter } from '../../http/routing/api-router';
import { emptyComponents, type Json } from '../../schema/json-schema/components';
import type { About } from '../about';
import { documentComponents } from './document-components';
import { operation } from './operation';
import { shareParameters } from './shared-parameters';

const CONTACT = { name: 'The operator of this shop' };
const SERVER = { url: '/', description: 'This server, in production as in local development.', 'x-internal': false };

/** Returns the OpenAPI 3.1 document of the routes, from the declarations that also register and validate them. */
export function openApiDocument(about: About, tables: readonly ApiRouter[]): Document {
  const steps = documentSteps(about, tables);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Returns the same document, made an endpoint at a time, so that other requests have their turns: in one go it takes a second or more. */
export async function openApiDocumentInTurns(about: About, tables: readonly ApiRouter[]): Promise<Document> {
  const steps = documentSteps(about, tables);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    await setImmediate();
  }
}

type Document = Record<string, unknown>;

function* documentSteps(about: About, tables: readonly ApiRouter[]): Generator<undefined, Document> {
  const components = emptyComponents();
  const operations: Record<string, Record<string, Json>> = {};
  for (const table of tables) {
    for (const endpoint of table.endpoints) {
      const path = pathOf(table.prefix, endpoint);
      operations[path] = { ...operations[path], [endpoint.method]: operation(table, endpoint, components) };
      yield;
    }
  }
  const { paths, parameters } = shareParameters(operations);
  return {
    openapi: '3.1.0',
    info: { ...about, contact: CONTACT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [SERVER],
    tags: uniqueTags(tables),
    security: [],
    paths,
    components: documentComponents(components, parameters),
  };
}

/* OpenAPI writes a path as `/v1/orders/{id}/cancel`. */
function pathOf(prefix: string, { path }: Endpoint): string {
  return `${prefix}${path === '/' ? '' : path}`.replace(/:(\w+)/g, '{$1}');
}

function uniqueTags(tables: readonly ApiRouter[]): object[] {
  return [...new Map(tables.map(({ tag, description }) => [tag, { name: tag, description }])).values()];
}
