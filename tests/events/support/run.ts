import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEnv } from '../../../config/env';
import { systemContext } from '../../../src/context/system-context';
import { connect } from '../../../src/database/connection/connection';
import { startEmbeddedServer } from '../../../src/embedded-postgres';
import { createLogger } from '../../../src/logging/logger';
import { sequelizeCli } from '../../../src/migrator/cli/sequelize-cli';
import { registerModels } from '../../../src/models';
import { followWhileWriting } from './feed-run';

/** Runs `npm run test:feed`: a follower of the feed beside eight writers on a PostgreSQL of its own; prints what was missed or repeated. */
async function run(changes: number): Promise<void> {
  const server = await startEmbeddedServer({ dataDir: mkdtempSync(join(tmpdir(), 'storekeeper-feed-')), log: () => undefined });
  try {
    await sequelizeCli(server.url, ['db:migrate'], () => undefined);
    const env = loadEnv({ NODE_ENV: 'test', DATABASE_URL: server.url, LOG_LEVEL: 'silent' });
    const sequelize = connect(env);
    registerModels(sequelize);
    const ctx = systemContext({ env, log: createLogger(env), sequelize }, 'feed', '');
    const startedAt = performance.now();
    const verdict = await followWhileWriting({ url: server.url, ctx, writers: 8, changes, holdMs: [1_000, 3_000] });
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    process.stdout.write(`${JSON.stringify({ seconds, ...verdict }, null, 2)}\n`);
    if (verdict.missing + verdict.repeated + verdict.invented + verdict.outOfOrder > 0) process.exitCode = 1;
    await sequelize.close();
  } finally {
    await server.remove();
  }
}

const { values } = parseArgs({ options: { changes: { type: 'string', default: '100000' } } });
run(Number(values.changes)).catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
