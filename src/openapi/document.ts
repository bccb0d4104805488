import type { Endpoint } from '../http/endpoint';
import type { ApiRouter } from '../http/routing/api-router';
import { nothingShared } from '../schema/components';
import type { About } from './about';
import { components } from './document-components';
import { operation } from './operation';

const CONTACT = { name: 'Whoever runs this shop' };
const SERVER = { url: '/', description: 'This server, in production as on a local machine.', 'x-internal': false };

/** The OpenAPI 3.1 document of the routes: derived from the declarations that also validate and register them, so it cannot differ. */
export function openApiDocument(about: About, tables: readonly ApiRouter[]): Record<string, unknown> {
  const shared = nothingShared();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const table of tables) {
    for (const endpoint of table.endpoints) {
      const path = pathOf(table.prefix, endpoint);
      paths[path] = { ...paths[path], [endpoint.method]: operation(table, endpoint, shared) };
    }
  }
  return {
    openapi: '3.1.0',
    info: { ...about, contact: CONTACT, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [SERVER],
    tags: uniqueTags(tables),
    security: [],
    paths,
    components: components(shared),
  };
}

/** A path as OpenAPI writes it: `/v1/orders/{id}/cancel`. */
function pathOf(prefix: string, { path }: Endpoint): string {
  return `${prefix}${path === '/' ? '' : path}`.replace(/:(\w+)/g, '{$1}');
}

function uniqueTags(tables: readonly ApiRouter[]): object[] {
  return [...new Map(tables.map(({ tag, description }) => [tag, { name: tag, description }])).values()];
}
