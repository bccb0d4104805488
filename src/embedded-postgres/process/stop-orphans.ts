import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { postmasterState } from './postmaster-state';

const FAST_SHUTDOWN_MS = 30_000;
const QUIT_MS = 5_000;

/**
 * Stops the PostgreSQL that a killed process left running on the cluster, and removes a stale `postmaster.pid`. It signals only processes
 * that run in this folder, because the process id in the file may belong to another program by now. Throws where one does not stop.
 */
export async function stopOrphans(cluster: string, log: (line: string) => void): Promise<void> {
  const postmaster = pidIn(cluster);
  const orphans = processesOn(cluster, postmaster);
  if (orphans.length > 0) {
    log(`A killed process left PostgreSQL running (${orphans.join(', ')}); stopping it`);
    // The backends of a killed postmaster exit by themselves, so only a postmaster gets the signal (its fast shutdown).
    signal(
      orphans.filter((pid) => pid === postmaster),
      'SIGINT',
    );
    if (!(await allEnded(cluster, postmaster, FAST_SHUTDOWN_MS))) {
      signal(processesOn(cluster, postmaster), 'SIGQUIT');
      if (!(await allEnded(cluster, postmaster, QUIT_MS))) {
        throw new Error(`The PostgreSQL of a killed process (${processesOn(cluster, postmaster).join(', ')}) on ${cluster} does not stop.`);
      }
    }
  }
  // No process uses the cluster now, so the file is stale.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

function pidIn(cluster: string): number | undefined {
  const pid = postmasterState(cluster)?.pid;
  return pid !== undefined && Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function processesOn(cluster: string, postmaster: number | undefined): number[] {
  if (process.platform !== 'linux') return postmaster !== undefined && commandOf(postmaster).includes(cluster) ? [postmaster] : [];
  // The working directory of every PostgreSQL process is its cluster.
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingFolder(name) === cluster && isPostgres(name))
    .map(Number);
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

function isPostgres(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres';
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], {
      encoding: 'utf8',
    });
  } catch {
    return '';
  }
}

function signal(pids: number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // The process has ended already.
    }
  }
}

async function allEnded(cluster: string, postmaster: number | undefined, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (processesOn(cluster, postmaster).length > 0) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}
