import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { forgetPostgresVariables } from '../../config/env';
import { type CompleteRecord, makeDataDir, savedRecord } from './cluster/cluster-record';
import { folderError } from './cluster/folder-error';
import { applicationUrlOf, ownerUrlOf, superuserUrlOf } from './cluster/provision';
import { FolderInUse, type FolderLock, type FolderUse, lockFolder } from './process/folder-lock';
import type { PostgresSettings } from './process/server-settings';
import { SupervisedPostgres } from './supervised-postgres';

const WAIT_MS = 300_000;
const POLL_MS = 50;
const REPORT_MS = 5_000;
const STOP_MS = 30_000;

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
  /** Interrupts the start; the started PostgreSQL is stopped. */
  signal?: AbortSignal;
  /** The longest wait for another process that uses the folder, in milliseconds. */
  waitMs?: number;
}

/** A running embedded server. */
export interface EmbeddedServer {
  /** The database `storekeeper`, as the role `storekeeper`, which owns it. */
  url: string;
  /** The same database, as the role `storekeeper_app`, which owns nothing. */
  applicationUrl: string;
  /** The database `postgres`, as the superuser `postgres`. */
  superuserUrl: string;
  /** Stops PostgreSQL within the given milliseconds (30 s), unless another process started it; may be called more than once. */
  stop(withinMs?: number): Promise<void>;
  /** Stops PostgreSQL and removes its data; for servers of one run. Throws where another process started it. */
  remove(): Promise<void>;
}

/**
 * Starts the PostgreSQL of DATA_DIR, creates it at the first start, and returns when it accepts connections. A PostgreSQL that a killed
 * process left running is stopped first; one that ends unexpectedly is restarted on its port, up to five times a minute. Throws
 * FolderInUse where another server uses the folder. However the process exits (SIGKILL apart), PostgreSQL is stopped.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  forgetPostgresVariables();
  const dataDir = makeDataDir(options.dataDir);
  try {
    const lock = await lockOrShare(dataDir, options);
    return lock ? await ownServer(dataDir, lock, options) : sharedServer(dataDir);
  } catch (error) {
    throw folderError(error, dataDir);
  }
}

async function ownServer(dataDir: string, lock: FolderLock, options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const postgres = new SupervisedPostgres(dataDir, options);
  let stopped: Promise<void> | undefined;
  const stop = (withinMs = STOP_MS) => {
    stopped ??= postgres.stop(withinMs).finally(() => lock.release());
    return stopped;
  };
  try {
    const record = await postgres.start();
    lock.announceReady();
    return {
      ...urlsOf(record),
      stop,
      remove: async () => {
        await stop();
        for (const folder of [record.home, dataDir]) rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/* Undefined where a command may share the running server. */
async function lockOrShare(dataDir: string, { purpose = 'server', log, signal, waitMs = WAIT_MS }: EmbeddedServerOptions) {
  const since = performance.now();
  for (let reportAt = 0; ; ) {
    try {
      return await lockFolder(dataDir, purpose);
    } catch (error) {
      const waitedMs = performance.now() - since;
      if (!(error instanceof FolderInUse) || waitedMs > waitMs) throw error;
      const { use } = error;
      if (use.purpose === 'server' && purpose === 'server') throw error;
      if (use.purpose === 'server' && use.ready) return undefined;
      if (waitedMs >= reportAt) {
        log(`Waiting for process ${use.pid} (a ${use.purpose}), which uses ${dataDir}`);
        reportAt = waitedMs + REPORT_MS;
      }
      await delay(POLL_MS, undefined, signal && { signal });
    }
  }
}

function sharedServer(dataDir: string): EmbeddedServer {
  const record = savedRecord(dataDir);
  if (!record) throw new Error(`${dataDir} is in use, but has no database.`);
  const { applicationPassword } = record;
  if (applicationPassword === undefined)
    throw new Error(`An earlier version of Storekeeper runs on ${dataDir}. Stop it, and start this version first.`);
  return {
    ...urlsOf({ ...record, applicationPassword }),
    stop: () => Promise.resolve(),
    remove: () => Promise.reject(new Error(`${dataDir} cannot be removed: another process uses it.`)),
  };
}

function urlsOf(record: CompleteRecord): Pick<EmbeddedServer, 'url' | 'applicationUrl' | 'superuserUrl'> {
  return { url: ownerUrlOf(record), applicationUrl: applicationUrlOf(record), superuserUrl: superuserUrlOf(record) };
}
