import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentText } from '../src/document';

/* Needs neither a database nor settings: what the routes declare is all there is to it. */
writeFileSync(process.argv[2] ?? join(__dirname, '../docs/openapi.json'), documentText());
