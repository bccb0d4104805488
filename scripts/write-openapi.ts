import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ABOUT } from '../src/openapi/about';
import { openApiDocument } from '../src/openapi/document/document';
import { allRouters } from '../src/routes';

/** Returns the OpenAPI document of the whole API, as docs/openapi.json keeps it; it needs neither a database nor settings. */
export function documentText(): string {
  return `${JSON.stringify(openApiDocument(ABOUT, allRouters({ draining: false })), null, 2)}\n`;
}

if (require.main === module) writeFileSync(process.argv[2] ?? join(__dirname, '../docs/openapi.json'), documentText());
