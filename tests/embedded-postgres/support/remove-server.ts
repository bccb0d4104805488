import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedServer } from '../../../src/embedded-postgres';

/* Starts the embedded server of the folder of its argument, prints the record of its cluster, and removes it. */
const [dataDir = ''] = process.argv.slice(2);

async function run(): Promise<void> {
  const server = await startEmbeddedServer({ dataDir, fast: true, log: () => undefined });
  process.stdout.write(readFileSync(join(dataDir, 'embedded-postgres.json'), 'utf8'));
  await server.remove();
}

void run();
