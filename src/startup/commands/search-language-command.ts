import { loadEnv, loadEnvFile } from '../../../config/env';
import { applySearchLanguage } from '../../catalogue';
import { withClient } from '../../database/connection/open-client';
import { explainError } from '../../logging/explain-error';
import { openDatabase } from '../../migrator/open-database';
import { requireMigrated } from '../../migrator/pending-migrations';
import { surviveClosedOutput } from '../../process/closed-output';
import { onStopSignal } from '../../process/stop-signals';

/** Runs `npm run search:language`: gives product search the language of SEARCH_LANGUAGE, and says its progress. */
async function searchLanguageCommand(): Promise<void> {
  loadEnvFile();
  const { SEARCH_LANGUAGE } = loadEnv();
  const database = await openDatabase();
  try {
    await requireMigrated(database.url);
    await withClient(database.url, (owner) => applySearchLanguage(owner, SEARCH_LANGUAGE, print));
    print(`Product search is in ${SEARCH_LANGUAGE}.`);
  } finally {
    await database.stop();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

surviveClosedOutput();
// By an exit, not by the signal: only then the embedded server is stopped. The next run goes on where this one was.
onStopSignal(() => process.exit(1));
searchLanguageCommand().catch((error: unknown) => {
  process.stderr.write(`${explainError(error)}\n`);
  process.exitCode = 1;
});
