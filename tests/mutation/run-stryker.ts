import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedServer } from '../../src/embedded-postgres';

/* One PostgreSQL for all mutants: a start takes longer than the tests of a mutant. */
async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'storekeeper-mutants-'));
  const server = await startEmbeddedServer({ dataDir, fast: true, log: () => undefined });
  const env = { ...process.env, TEST_DATABASE_URL: server.superuserUrl };
  const stryker = spawn('stryker', ['run', ...process.argv.slice(2)], { stdio: 'inherit', env });
  const [code] = await once(stryker, 'close');
  await server.remove();
  process.exitCode = Number(code ?? 1);
}

void main();
