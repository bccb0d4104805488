import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Sequelize } from 'sequelize';
import { loadReferenceData } from '../../seeders/reference/load-reference-data';
import { startEmbeddedServer } from '../../src/database/embedded';
import { migrate } from '../../src/database/migrator/migrate';
import { fill } from './fill';
import { copyToPlain } from './plain';

/** The database of a run: a PostgreSQL of its own, filled for Storekeeper and, in the schema `plain`, for the others. */
export interface BenchDatabase {
  readonly url: string;
  readonly superuserUrl: string;
  readonly version: string;
  readonly dataDir: string;
  close(): Promise<void>;
}

/* A checkpoint in the middle of a round would be one contender's bad luck. */
const WITHOUT_CHECKPOINTS = { max_wal_size: '16GB', checkpoint_timeout: '1h' } as const;

/** Starts PostgreSQL on a new folder and fills it; durable, as a shop's is. `close` leaves nothing behind. */
export async function openDatabase(products: number, log: (line: string) => void): Promise<BenchDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'storekeeper-bench-'));
  const server = await startEmbeddedServer({ dataDir, log, settings: WITHOUT_CHECKPOINTS });
  const close = async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await migrate(server.url, log);
    const sequelize = new Sequelize(server.url, { dialect: 'postgres', logging: false });
    await loadReferenceData(sequelize);
    await sequelize.close();
    const superuserUrl = onSameDatabase(server.superuserUrl, server.url);
    const client = new Client({ connectionString: superuserUrl });
    await client.connect();
    await fill(client, products, log);
    await copyToPlain(client, new URL(server.url).username, log);
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    await client.end();
    return { url: server.url, superuserUrl, version: rows[0]?.server_version ?? '', dataDir, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function onSameDatabase(superuserUrl: string, url: string): string {
  const together = new URL(superuserUrl);
  together.pathname = new URL(url).pathname;
  return together.href;
}
