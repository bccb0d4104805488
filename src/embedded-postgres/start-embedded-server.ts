import type { ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { type Binaries, findBinaries } from './binaries/find-binaries';
import { type ClusterRecord, clusterFolder, clusterRecord, makeDataDir, savedRecord, saveRecord } from './cluster/cluster-record';
import { createCluster } from './cluster/create-cluster';
import { provision, urlOf } from './cluster/provision';
import { FolderInUse, type FolderUse, lockFolder } from './process/folder-lock';
import { freePort, type PostgresSettings, startPostmaster, stopPostmaster } from './process/postmaster';
import { type RunAs, runAs } from './process/run-as';
import { stopLeftovers } from './process/stop-orphans';

const RESTARTS_MAX = 5;
const RESTARTS_WITHIN_MS = 60_000;
const COMMAND_WAIT_MS = 300_000;
const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off' } as const;

/** How the embedded server is started. */
export interface EmbeddedServerOptions {
  dataDir: string;
  /** Takes a line on what is being done. */
  log: (line: string) => void;
  /** Gives up surviving a crash of the machine (not of a process) for speed; for tests only. */
  fast?: boolean;
  /** Settings of PostgreSQL in place of the usual ones. */
  settings?: PostgresSettings;
  /** A command shares a running server and waits for another command; a server (the default) refuses a folder that a server has. */
  purpose?: FolderUse['purpose'];
  /** Told when PostgreSQL has ended and could not be started again. */
  onLost?: (error: Error) => void;
}

/** A running embedded server. */
export interface EmbeddedServer {
  /** As the role `storekeeper` on the database `storekeeper`. */
  url: string;
  /** As the role `postgres`, for making other databases. */
  superuserUrl: string;
  /** Stops PostgreSQL, unless it is another process's; may be called more than once. */
  stop(): Promise<void>;
  /** Stops PostgreSQL and removes its data, wherever it is kept; for servers that were made for one run. Throws for another process's. */
  remove(): Promise<void>;
}

/**
 * Starts the PostgreSQL of DATA_DIR, made on the first start, and answers when it takes connections. What a killed process has left
 * running there is stopped first; a PostgreSQL that ends by itself later is started again on the same port, up to five times a
 * minute. Throws FolderInUse where another server has the folder.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const dataDir = makeDataDir(options.dataDir);
  const purpose = options.purpose ?? 'server';
  const lock = await lockOrShare(dataDir, purpose, options.log);
  if (!lock) {
    const record = savedRecord(dataDir);
    if (!record) throw new Error(`${dataDir} is in use, but has no database.`);
    return {
      url: urlOf(record, 'storekeeper'),
      superuserUrl: urlOf(record, 'postgres'),
      stop: () => Promise.resolve(),
      remove: () => Promise.reject(new Error(`${dataDir} is in use: it is not ours to remove.`)),
    };
  }
  const keeper = new Keeper(dataDir, options);
  try {
    const record = await keeper.start();
    lock.announceReady();
    let stopped: Promise<void> | undefined;
    const stop = () => {
      stopped ??= keeper.stop().finally(() => lock.release());
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
    await keeper.stop().finally(() => lock.release());
    throw error;
  }
}

/** Answers undefined where a command may use the server that is running. */
async function lockOrShare(dataDir: string, purpose: FolderUse['purpose'], log: (line: string) => void) {
  const end = Date.now() + COMMAND_WAIT_MS;
  for (let said = false; ; said = true) {
    try {
      return await lockFolder(dataDir, purpose);
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > end) throw error;
      const { use } = error;
      if (use.purpose === 'server' && purpose === 'server') throw error;
      if (use.purpose === 'server' && use.ready) return undefined;
      if (!said) log(`Waiting for process ${use.pid}, which works on ${dataDir}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Keeps one PostgreSQL running until it is told to stop. */
class Keeper {
  readonly #restarts: number[] = [];
  #child: ChildProcess | undefined;
  #restarting: Promise<void> | undefined;
  #stopping = false;

  constructor(
    readonly dataDir: string,
    readonly options: EmbeddedServerOptions,
  ) {}

  async start(): Promise<ClusterRecord> {
    const { log, fast = false } = this.options;
    const saved = clusterRecord(this.dataDir);
    const cluster = clusterFolder(saved.home);
    const user = runAs(cluster);
    const binaries = findBinaries(user, this.dataDir);
    const isNew = !existsSync(cluster);
    if (isNew) log(`Making a PostgreSQL database in ${saved.home}`);
    await createCluster(binaries, saved, user, fast);
    await stopLeftovers(cluster, log);
    const record = await this.#onFreePort(binaries, saved, user);
    await provision(record);
    return record;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    // Without a wait the signal goes out at once, so that even an exit handler may call this.
    if (this.#restarting) await this.#restarting;
    if (this.#child) await stopPostmaster(this.#child);
  }

  async #onFreePort(binaries: Binaries, saved: ClusterRecord, user: RunAs | undefined): Promise<ClusterRecord> {
    for (let attempt = 1; ; attempt += 1) {
      const record = { ...saved, port: await freePort(saved.port) };
      saveRecord(this.dataDir, record);
      try {
        await this.#launch(binaries, record, user);
        return record;
      } catch (error) {
        // Somebody may have taken the port between the look and the start.
        if (attempt === 3 || (await freePort(record.port)) === record.port) throw error;
      }
    }
  }

  async #launch(binaries: Binaries, record: ClusterRecord, user: RunAs | undefined): Promise<void> {
    const { fast = false, settings = {} } = this.options;
    const child = await startPostmaster({
      program: binaries.postgres,
      home: record.home,
      dataDir: this.dataDir,
      port: record.port,
      user,
      settings: { ...(fast && NOT_DURABLE), ...settings },
    });
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (this.#stopping) return;
      this.options.log(`PostgreSQL has ended (${signal ?? `code ${code}`}); starting it again`);
      this.#restarting = this.#restart(binaries, record, user).finally(() => {
        this.#restarting = undefined;
      });
    });
  }

  async #restart(binaries: Binaries, record: ClusterRecord, user: RunAs | undefined): Promise<void> {
    for (;;) {
      const now = Date.now();
      this.#restarts.push(now);
      const isTooOften = this.#restarts.filter((time) => now - time < RESTARTS_WITHIN_MS).length > RESTARTS_MAX;
      try {
        if (isTooOften) throw new Error('PostgreSQL keeps ending.');
        await stopLeftovers(clusterFolder(record.home), () => undefined);
        await this.#launch(binaries, record, user);
        this.options.log('PostgreSQL is running again');
        return;
      } catch (error) {
        if (this.#stopping) return;
        if (isTooOften) {
          this.options.onLost?.(error as Error);
          return;
        }
        this.options.log(`It did not start (${error instanceof Error ? error.message : String(error)}); trying again`);
      }
    }
  }
}
