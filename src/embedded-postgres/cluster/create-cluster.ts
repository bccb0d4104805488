import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from '../binaries/find-binaries';
import type { RunAs } from '../process/run-as';
import { type ClusterRecord, clusterFolder } from './cluster-record';

/**
 * Makes the cluster where there is none: UTF-8, the built-in locale (the same order of text on every machine), passwords for all. It
 * appears under its name only when it is whole. Answers whether it was made.
 */
export async function createCluster(binaries: Binaries, record: ClusterRecord, user: RunAs | undefined, fast: boolean): Promise<boolean> {
  const cluster = clusterFolder(record.home);
  if (existsSync(cluster)) return false;
  const draft = `${cluster}.new`;
  const passwordFile = join(record.home, 'initdb-password');
  rmSync(draft, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${record.superuserPassword}\n`, {
    mode: 0o600,
    flag: 'wx',
  });
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await promisify(execFile)(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...(fast ? ['--no-sync'] : []),
      ],
      { ...user, cwd: record.home, env: postgresEnvironment() },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`PostgreSQL's initdb failed: ${said}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster);
  return true;
}

/** The environment of PostgreSQL's programs: nothing of ours, for PGPORT and the like would change what they do. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
