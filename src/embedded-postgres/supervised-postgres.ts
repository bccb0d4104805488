import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Binaries, findBinaries } from './binaries/find-binaries';
import { type CompleteRecord, clusterFolder, clusterRecord, saveRecord } from './cluster/cluster-record';
import { createCluster } from './cluster/create-cluster';
import { provision } from './cluster/provision';
import { freePort } from './process/free-port';
import { logEnd, type PostmasterStart, spawnPostmaster, stopPostmaster, untilReady } from './process/postmaster';
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
  /** Interrupts the start. */
  signal?: AbortSignal;
}

/** The PostgreSQL of one DATA_DIR, restarted when it ends before `stop`. */
export class SupervisedPostgres {
  readonly #restarts: number[] = [];
  /* However the process exits, PostgreSQL must not be left behind; an exit handler cannot wait for more than the signal. */
  readonly #onExit = () => this.#child?.kill('SIGINT');
  #child: ChildProcess | undefined;
  #restarting: Promise<void> | undefined;
  /* Aborted by a stop, and by the start's signal. */
  readonly #interrupted = new AbortController();

  constructor(
    readonly dataDir: string,
    readonly options: SupervisionOptions,
  ) {}

  /** Starts PostgreSQL, with its cluster, roles and database created where they are missing, and returns the record of its cluster. */
  async start(): Promise<CompleteRecord> {
    const { log, signal } = this.options;
    process.once('exit', this.#onExit);
    const interrupt = () => this.#interrupted.abort(signal?.reason);
    signal?.addEventListener('abort', interrupt);
    try {
      return await this.#start(log, signal);
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  /** Stops PostgreSQL within the given milliseconds. */
  async stop(withinMs: number): Promise<void> {
    // This ends a restart, too.
    this.#interrupted.abort(new Error('PostgreSQL is being stopped.'));
    await this.#restarting;
    if (this.#child) await stopPostmaster(this.#child, withinMs);
    process.removeListener('exit', this.#onExit);
  }

  async #start(log: (line: string) => void, signal: AbortSignal | undefined): Promise<CompleteRecord> {
    const saved = clusterRecord(this.dataDir);
    const cluster = clusterFolder(saved.home);
    const user = runAs(cluster);
    const binaries = findBinaries(user, this.dataDir);
    if (!existsSync(cluster)) log(`Creating a PostgreSQL database in ${saved.home}`);
    await createCluster(binaries, saved, user, this.options);
    signal?.throwIfAborted();
    await stopOrphans(cluster, log);
    const record = await this.#launchOnFreePort(binaries, saved, user);
    await provision(record, this.dataDir);
    return record;
  }

  async #launchOnFreePort(binaries: Binaries, saved: CompleteRecord, user: RunAs | undefined): Promise<CompleteRecord> {
    for (let attempt = 1; ; attempt += 1) {
      const record = { ...saved, port: await freePort(saved.port) };
      saveRecord(this.dataDir, record);
      try {
        await this.#launch(binaries, record, user);
        return record;
      } catch (error) {
        // Another process may have taken the port between the check and the start.
        if (this.options.signal?.aborted || attempt === PORT_ATTEMPTS || (await freePort(record.port)) === record.port) throw error;
      }
    }
  }

  async #launch(binaries: Binaries, record: CompleteRecord, user: RunAs | undefined): Promise<void> {
    const { fast = false, settings = {} } = this.options;
    const start: PostmasterStart = {
      program: binaries.postgres,
      home: record.home,
      dataDir: this.dataDir,
      port: record.port,
      user,
      settings: { ...(fast && NOT_DURABLE), ...settings },
    };
    const child = spawnPostmaster(start);
    this.#child = child;
    await untilReady(child, start, this.#interrupted.signal);
    child.once('exit', (code, signal) => {
      if (this.#interrupted.signal.aborted) return;
      this.options.log(`PostgreSQL ended unexpectedly (${signal ?? `code ${code}`}); restarting it`);
      this.#restarting = this.#restart(binaries, record, user).finally(() => {
        this.#restarting = undefined;
      });
    });
  }

  async #restart(binaries: Binaries, record: CompleteRecord, user: RunAs | undefined): Promise<void> {
    for (;;) {
      const now = Date.now();
      this.#restarts.push(now);
      const isTooOften = this.#restarts.filter((time) => now - time < RESTARTS_WITHIN_MS).length > RESTARTS_MAX;
      try {
        if (isTooOften) throw new Error(`PostgreSQL keeps ending. ${logEnd(this.dataDir)}`);
        await stopOrphans(clusterFolder(record.home), () => undefined);
        await this.#launch(binaries, record, user);
        this.options.log('PostgreSQL is running again');
        return;
      } catch (error) {
        if (this.#interrupted.signal.aborted) return;
        if (isTooOften) {
          this.options.onLost?.(error as Error);
          return;
        }
        this.options.log(`PostgreSQL did not restart (${error instanceof Error ? error.message : String(error)}); trying again`);
      }
    }
  }
}
