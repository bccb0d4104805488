import { VERSION } from '../config/project';
import type { Routes } from './http/endpoint';
import { openApiDocument } from './openapi/document';
import { healthRoutes } from './operations';
import { routes } from './routes';

/** What the document is about. */
export const ABOUT = {
  title: 'Storekeeper',
  version: VERSION,
  description: 'A headless commerce API that never loses, oversells or silently changes anything.',
};

/** Every endpoint there is, those that operators watch first; `state` is shared with the process. */
export function allRoutes(state: { readonly draining: boolean }): readonly Routes[] {
  return [healthRoutes(state), ...routes];
}

/** The OpenAPI document of the whole API, as docs/openapi.json keeps it. */
export function documentText(): string {
  return `${JSON.stringify(openApiDocument(ABOUT, allRoutes({ draining: false })), null, 2)}\n`;
}
