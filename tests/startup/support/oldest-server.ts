import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { makeLibraryLinks } from '../../../src/embedded-postgres/binaries/library-links';
import { postgresEnvironment } from '../../../src/embedded-postgres/cluster/create-cluster';
import { freePort } from '../../../src/embedded-postgres/process/free-port';
import { runAs } from '../../../src/embedded-postgres/process/run-as';

/** A server of the oldest PostgreSQL that the README promises. */
export interface OldestServer {
  /** The database `postgres`, as its superuser. */
  readonly url: string;
  remove(): Promise<void>;
}

const DEBIAN = '/usr/lib/postgresql';
const OLDEST = 14;
const NEWEST = 18;

/**
 * The folder of an older PostgreSQL than the embedded one: that of OLDEST_POSTGRES, which CI sets to version 14, else the oldest of the
 * machine's packages; undefined where there is none.
 */
export const OLDEST_POSTGRES = process.env.OLDEST_POSTGRES || installed();

/** Starts an older PostgreSQL in a folder of its own. */
export async function startOldestServer(native: string): Promise<OldestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-oldest-'));
  const user = runAs(join(folder, 'data'));
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o755);
  const bin = reachable(native, folder);
  const options = { ...user, cwd: folder, env: postgresEnvironment() };
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'], {
    ...options,
    stdio: 'ignore',
  });
  const port = await freePort(0);
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'shared_buffers=64MB'];
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...options,
    stdio: 'ignore',
  });
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilReady(child, url);
  return {
    url,
    remove: async () => {
      child.kill('SIGINT');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/* Where PostgreSQL's user can reach the programs: .ci/postgres-14 unpacks them into a folder of root. */
function reachable(native: string, folder: string): string {
  if (!existsSync(join(native, 'pg-symlinks.json'))) return join(native, 'bin');
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  makeLibraryLinks(copy);
  return join(copy, 'bin');
}

/* Debian's packages: https://wiki.debian.org/PostgreSql */
function installed(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const [oldest] = versions.filter((version) => version >= OLDEST && version < NEWEST).sort((a, b) => a - b);
  return oldest === undefined ? undefined : join(DEBIAN, String(oldest));
}

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (child.exitCode !== null) throw error;
      await delay(25);
    }
  }
}
