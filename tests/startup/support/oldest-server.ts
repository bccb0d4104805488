import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

/** Starts PostgreSQL 14 of the development package `embedded-postgres-14` in a folder of its own. */
export async function startOldestServer(): Promise<OldestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'storekeeper-oldest-'));
  const user = runAs(join(folder, 'data'));
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o755);
  const bin = join(copiedTo(folder), 'bin');
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

/* Where PostgreSQL's user can reach the programs. */
function copiedTo(folder: string): string {
  const copy = join(folder, 'native');
  cpSync(packagedFolder(), copy, { recursive: true, verbatimSymlinks: true });
  makeLibraryLinks(copy);
  return copy;
}

function packagedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(require.resolve('embedded-postgres-14')).resolve(`@embedded-postgres/${system}-${process.arch}`);
  return join(dirname(dirname(entry)), 'native');
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
