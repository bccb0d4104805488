import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '../../config/project';
import { Contract } from '../support/contract';
import { adapted } from './adapt';
import { castOf } from './cast';
import { reasonToLeaveOut } from './coverage';
import { makeFixtures } from './fixtures';
import { operationsOf } from './operations';
import { report } from './report';
import { startShop } from './shop';
import { runSpecmatic } from './specmatic';

const DOCUMENT = join(PROJECT_FOLDER, 'docs', 'openapi.json');

/** Starts a shop, creates objects, sends Specmatic's requests, prints the counts and removes everything (`npm run test:contract`). */
async function run(signal: AbortSignal): Promise<void> {
  const document = JSON.parse(readFileSync(DOCUMENT, 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-contract-'));
  try {
    log('Starting a shop of its own');
    const shop = await startShop(join(folder, 'data'), signal);
    try {
      log('Creating an object for each operation');
      const all = operationsOf(document);
      const covered = all.filter((operation) => reasonToLeaveOut(operation) === undefined);
      const adaptedDocument = adapted(document, await makeFixtures(castOf(shop), new Contract(document), all, covered), covered);
      writeFileSync(join(folder, 'openapi.json'), JSON.stringify(adaptedDocument));
      log('Running Specmatic on the document; this takes a minute or two');
      const isKept = report(all, await runSpecmatic(folder, { url: shop.url, token: shop.people.admin.token }, log, signal), print);
      if (!isKept) process.exitCode = 1;
    } finally {
      await shop.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort(new Error(`stopped by ${signal}`)));

run(interruption.signal).catch((error: unknown) => {
  log(`\nThe contract was not tested to the end: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
