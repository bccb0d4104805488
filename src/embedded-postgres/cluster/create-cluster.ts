import { execFile } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from '../binaries/find-binaries';
import type { RunAs } from '../process/run-as';
import { type ClusterRecord, clusterFolder } from './cluster-record';
import { spaceAdvice } from './folder-error';

/**
 * Creates the cluster where it is missing: UTF-8, the built-in locale (which sorts text alike on every machine), passwords for every
 * role. An interrupted creation leaves no cluster. Throws, with the message of initdb, where that fails.
 */
export async function createCluster(
  binaries: Binaries,
  record: ClusterRecord,
  user: RunAs | undefined,
  { fast = false, signal }: { readonly fast?: boolean; readonly signal?: AbortSignal },
): Promise<void> {
  const cluster = clusterFolder(record.home);
  if (existsSync(cluster)) return;
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
      { ...user, cwd: record.home, env: postgresEnvironment(), ...(signal && { signal }) },
    );
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`PostgreSQL's initdb failed: ${reason}${spaceAdvice(reason, record.home)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, cluster);
}

/** Returns the environment of PostgreSQL's programs, without this process's variables: PGPORT and others would change what they do. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
