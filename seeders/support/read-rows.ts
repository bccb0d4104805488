import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';

/** The rows of a data file (NDJSON: one JSON object a line), as `Row` says its ORIGIN.md describes them. */
export function readRows<Row>(shop: 'northwind' | 'dummyjson', name: string): Row[] {
  const text = readFileSync(join(PROJECT_FOLDER, 'seeders', 'data', shop, `${name}.ndjson`), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}
