import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Binaries, findBinaries } from './binaries/find-binaries';
import { type ClusterRecord, clusterFolder, clusterRecord, saveRecord } from './cluster/cluster-record';
import { createCluster } from './cluster/create-cluster';
import { provision } from './cluster/provision';
import { freePort } from './process/free-port';
import { startPostmaster, stopPostmaster } from './process/postmaster';
import { type RunAs, runAs } from './process/run-as';
import type { PostgresSettings } from './process/server-settings';
import { stopOrphans } from './process/stop-orphans';

const RESTARTS_MAX = 5;
const RESTARTS_WITHIN_MS = 60_000;
const PORT_ATTEMPTS = 3;
const NOT_DURABLE = { fsync: 'off', full_page_writes: 'off' } as const;

/** How PostgreSQL is supervised (see EmbeddedServerOptions). */
export interface SupervisionOptions {
  log: (line: string) => void;
  fast?: boolean;
  settings?: PostgresSettings;
  onLost?: (error: Error) => void;
}

/** The PostgreSQL of one DATA_DIR, restarted when it ends before `stop`. */
export class SupervisedPostgres {
  readonly #restarts: number[] = [];
  #child: ChildProcess | undefined;
  #restarting: Promise<void> | undefined;
  #stopping = false;

  constructor(
    readonly dataDir: string,
    readonly options: SupervisionOptions,
  ) {}

  /** Starts PostgreSQL, with its cluster, role and database created where they are missing, and returns the record of its cluster. */
  async start(): Promise<ClusterRecord> {
    const { log, fast = false } = this.options;
    const saved = clusterRecord(this.dataDir);
    const cluster = clusterFolder(saved.home);
    const user = runAs(cluster);
    const binaries = findBinaries(user, this.dataDir);
    if (!existsSync(cluster)) log(`Creating a PostgreSQL database in ${saved.home}`);
    await createCluster(binaries, saved, user, fast);
    await stopOrphans(cluster, log);
    const record = await this.#launchOnFreePort(binaries, saved, user);
    await provision(record);
    return record;
  }

  /** Stops PostgreSQL; sends the signal synchronously, unless a restart is under way. */
  async stop(): Promise<void> {
    this.#stopping = true;
    // No await otherwise, because an exit handler cannot wait.
    if (this.#restarting) await this.#restarting;
    if (this.#child) await stopPostmaster(this.#child);
  }

  async #launchOnFreePort(binaries: Binaries, saved: ClusterRecord, user: RunAs | undefined): Promise<ClusterRecord> {
    for (let attempt = 1; ; attempt += 1) {
      const record = { ...saved, port: await freePort(saved.port) };
      saveRecord(this.dataDir, record);
      try {
        await this.#launch(binaries, record, user);
        return record;
      } catch (error) {
        // Another process may have taken the port between the check and the start.
        if (attempt === PORT_ATTEMPTS || (await freePort(record.port)) === record.port) throw error;
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
      this.options.log(`PostgreSQL ended unexpectedly (${signal ?? `code ${code}`}); restarting it`);
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
        await stopOrphans(clusterFolder(record.home), () => undefined);
        await this.#launch(binaries, record, user);
        this.options.log('PostgreSQL is running again');
        return;
      } catch (error) {
        if (this.#stopping) return;
        if (isTooOften) {
          this.options.onLost?.(error as Error);
          return;
        }
        this.options.log(`PostgreSQL did not restart (${error instanceof Error ? error.message : String(error)}); trying again`);
      }
    }
  }
}
