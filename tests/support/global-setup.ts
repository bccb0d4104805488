import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sequelize } from 'sequelize';
import { PROJECT_FOLDER } from '../../config/project';
import { documentText } from '../../scripts/write-openapi';
import { loadReferenceData } from '../../seeders/reference/load-reference-data';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/embedded-postgres';
import { prepareQueues } from '../../src/jobs';
import { sequelizeCli } from '../../src/migrator/cli/sequelize-cli';
import { queues } from '../../src/queues';
import { admit } from './database';
import { APPLICATION, OWNER, onServer, TEMPLATE, urlOf } from './server';

declare global {
  var testServer: Pick<EmbeddedServer, 'remove'> | undefined;
  var documentFolder: string;
}

/** Prepares one PostgreSQL for the whole run (that of TEST_DATABASE_URL, or an embedded one) with one migrated template. */
export default async function globalSetup(): Promise<void> {
  if (!process.env.TEST_DATABASE_URL) {
    const dataDir = mkdtempSync(join(tmpdir(), 'storekeeper-test-'));
    const server = await startEmbeddedServer({ dataDir, fast: true, log: () => undefined });
    globalThis.testServer = server;
    process.env.TEST_DATABASE_URL = server.superuserUrl;
  }
  keepDocument();
  // On Node 20, the library announces to each process that its versions of 2027 require a newer one. The version in use does not.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  // For the tests that start a process of their own. The bundle opens in a third of the time that compiling the sources takes.
  execFileSync(process.execPath, [join(PROJECT_FOLDER, 'scripts', 'build.cjs')], { stdio: 'inherit' });
  await onServer((client) => makeTemplate(client));
  await sequelizeCli(urlOf(TEMPLATE), ['db:migrate'], () => undefined);
  await prepareQueues(urlOf(TEMPLATE), queues, { log: () => undefined, waitMs: 60_000 });
  const sequelize = new Sequelize(urlOf(TEMPLATE), { dialect: 'postgres', logging: false });
  await loadReferenceData(sequelize);
  await sequelize.close();
  await admit(TEMPLATE);
}

/* Made once: in each test file it would cost more than most tests. tests/openapi compares it with the one that a shop serves. */
function keepDocument(): void {
  globalThis.documentFolder = mkdtempSync(join(tmpdir(), 'storekeeper-test-'));
  process.env.TEST_OPENAPI_FILE = join(globalThis.documentFolder, 'openapi.json');
  writeFileSync(process.env.TEST_OPENAPI_FILE, documentText());
}

async function makeTemplate(client: { query(sql: string): Promise<unknown> }): Promise<void> {
  for (const role of [OWNER, APPLICATION]) {
    await client.query(
      `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} LOGIN PASSWORD '${role}'; END IF; END $$`,
    );
  }
  // For shops whose only URL is the owner's; and a test at psql sees what the API's sessions wait for.
  await client.query(`GRANT ${APPLICATION}, pg_read_all_stats TO ${OWNER}`);
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE}`);
  await client.query(`CREATE DATABASE ${TEMPLATE} OWNER ${OWNER}`);
}
