import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Sequelize } from 'sequelize';
import { loadReferenceData } from '../../seeders/reference/load-reference-data';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/embedded-postgres';
import { migrate } from '../../src/migrator/migrate';
import { fill } from './fill';
import { copyToPlain } from './plain';

/** The database of a run: a PostgreSQL of its own, filled for Storekeeper and, in the schema `plain`, for the others. */
export interface BenchDatabase {
  /** As the owner, whom the hand-written contenders and pgbench are. */
  readonly url: string;
  /** As the role that Storekeeper works as. */
  readonly applicationUrl: string;
  readonly superuserUrl: string;
  readonly version: string;
  readonly dataDir: string;
  /** Runs VACUUM and CHECKPOINT, so that neither runs by itself later. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/* A checkpoint during a round would slow one contender only. */
const WITHOUT_CHECKPOINTS = { max_wal_size: '16GB', checkpoint_timeout: '1h' } as const;

/**
 * Starts PostgreSQL on a new folder and fills it; durable, as a shop's is. `close` leaves nothing behind, nor does an interruption:
 * `interrupted` rejects when there is one.
 */
export async function openDatabase(products: number, log: (line: string) => void, interrupted: Promise<never>): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'storekeeper-bench-'));
  const server = await startEmbeddedServer({ dataDir, log, settings: WITHOUT_CHECKPOINTS });
  try {
    return await Promise.race([filled(server, dataDir, products, log), interrupted]);
  } catch (error) {
    await server.remove();
    throw error;
  }
}

async function filled(server: EmbeddedServer, dataDir: string, products: number, log: (line: string) => void): Promise<BenchDatabase> {
  await migrate(server.url, { log, waitMs: 60_000 });
  const sequelize = new Sequelize(server.url, { dialect: 'postgres', logging: false });
  await loadReferenceData(sequelize);
  await sequelize.close();
  const superuserUrl = onSameDatabase(server.superuserUrl, server.url);
  const client = new Client({ connectionString: superuserUrl });
  // On an interruption the server stops first, and the running query fails.
  client.on('error', () => undefined);
  await client.connect();
  await fill(client, products, log);
  await copyToPlain(client, new URL(server.url).username, log);
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  const settle = () => runAlone(superuserUrl, ['VACUUM (ANALYZE)', 'CHECKPOINT']);
  const { url, applicationUrl } = server;
  return { url, applicationUrl, superuserUrl, version: rows[0]?.server_version ?? '', dataDir, settle, close: () => server.remove() };
}

async function runAlone(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

function onSameDatabase(superuserUrl: string, url: string): string {
  const together = new URL(superuserUrl);
  together.pathname = new URL(url).pathname;
  return together.href;
}
