import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

/** Returns the rows of a data file (NDJSON: one JSON object per line); ORIGIN.md beside it describes them. */
export function readRows<Row>(shop: 'northwind' | 'dummyjson', name: string): Row[] {
  const text = readFileSync(join(PROJECT_FOLDER, 'seeders', 'data', shop, `${name}.ndjson`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}
