import { rmSync } from 'node:fs';
import { makeDataDir, savedRecord } from './cluster/cluster-record';
import { urlOf } from './cluster/provision';
import { FolderInUse, type FolderUse, lockFolder } from './process/folder-lock';
import type { PostgresSettings } from './process/server-settings';
import { SupervisedPostgres } from './supervised-postgres';

const COMMAND_WAIT_MS = 300_000;

/** How the embedded server is started. */
export interface EmbeddedServerOptions {
  dataDir: string;
  /** Receives progress lines. */
  log: (line: string) => void;
  /** Trades durability after a crash of the machine (not of a process) for speed; for tests only. */
  fast?: boolean;
  /** Settings of PostgreSQL that replace the defaults. */
  settings?: PostgresSettings;
  /** A command shares a running server and waits for another command; a server (the default) refuses the folder of another server. */
  purpose?: FolderUse['purpose'];
  /** Called when PostgreSQL has ended and could not be restarted. */
  onLost?: (error: Error) => void;
}

/** A running embedded server. */
export interface EmbeddedServer {
  /** The database `storekeeper`, as the role `storekeeper`. */
  url: string;
  /** The database `postgres`, as the superuser `postgres`. */
  superuserUrl: string;
  /** Stops PostgreSQL, unless another process started it; may be called more than once. */
  stop(): Promise<void>;
  /** Stops PostgreSQL and removes its data; for servers of one run. Throws where another process started it. */
  remove(): Promise<void>;
}

/**
 * Starts the PostgreSQL of DATA_DIR, creates it at the first start, and returns when it accepts connections. A PostgreSQL that a killed
 * process left running is stopped first; one that ends unexpectedly is restarted on its port, up to five times a minute. Throws
 * FolderInUse where another server uses the folder.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const dataDir = makeDataDir(options.dataDir);
  const lock = await lockOrShare(dataDir, options.purpose ?? 'server', options.log);
  if (!lock) return sharedServer(dataDir);
  const postgres = new SupervisedPostgres(dataDir, options);
  try {
    const record = await postgres.start();
    lock.announceReady();
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= postgres.stop().finally(() => lock.release());
      return stopped;
    };
    return {
      url: urlOf(record, 'storekeeper'),
      superuserUrl: urlOf(record, 'postgres'),
      stop,
      remove: async () => {
        await stop();
        for (const folder of [record.home, dataDir]) rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await postgres.stop().finally(() => lock.release());
    throw error;
  }
}

/* Undefined where a command may share the running server. */
async function lockOrShare(dataDir: string, purpose: FolderUse['purpose'], log: (line: string) => void) {
  const end = Date.now() + COMMAND_WAIT_MS;
  for (let isLogged = false; ; isLogged = true) {
    try {
      return await lockFolder(dataDir, purpose);
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > end) throw error;
      const { use } = error;
      if (use.purpose === 'server' && purpose === 'server') throw error;
      if (use.purpose === 'server' && use.ready) return undefined;
      if (!isLogged) log(`Waiting for process ${use.pid}, which uses ${dataDir}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function sharedServer(dataDir: string): EmbeddedServer {
  const record = savedRecord(dataDir);
  if (!record) throw new Error(`${dataDir} is in use, but has no database.`);
  return {
    url: urlOf(record, 'storekeeper'),
    superuserUrl: urlOf(record, 'postgres'),
    stop: () => Promise.resolve(),
    remove: () => Promise.reject(new Error(`${dataDir} cannot be removed: another process uses it.`)),
  };
}
