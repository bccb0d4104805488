import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const FAST_SHUTDOWN_MS = 30_000;
const QUIT_MS = 5_000;

/**
 * Stops what an earlier process, killed before it could do so, left running on the cluster, and clears a stale `postmaster.pid`.
 * Only processes that work in this very folder are touched: a number that has since gone to somebody else's process is left alone.
 */
export async function stopLeftovers(cluster: string, log: (line: string) => void): Promise<void> {
  const postmaster = pidIn(cluster);
  const leftovers = processesOn(cluster, postmaster);
  if (leftovers.length > 0) {
    log(`PostgreSQL was left running by a process that was killed (${leftovers.join(', ')}); stopping it`);
    // Orphans of a killed postmaster end by themselves; a postmaster is asked for its fast shutdown.
    signal(
      leftovers.filter((pid) => pid === postmaster),
      'SIGINT',
    );
    if (!(await gone(cluster, postmaster, FAST_SHUTDOWN_MS))) {
      signal(processesOn(cluster, postmaster), 'SIGQUIT');
      if (!(await gone(cluster, postmaster, QUIT_MS))) {
        throw new Error(`A PostgreSQL left running on ${cluster} (process ${processesOn(cluster, postmaster).join(', ')}) doesn't stop.`);
      }
    }
  }
  // Nobody works on the cluster now, so whoever has the number in the file isn't its postmaster.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

/** The postmaster's process id that the cluster's `postmaster.pid` names, and whether it says that connections are taken. */
export function postmasterState(cluster: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

function pidIn(cluster: string): number | undefined {
  const pid = postmasterState(cluster)?.pid;
  return pid !== undefined && Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function processesOn(cluster: string, postmaster: number | undefined): number[] {
  if (process.platform !== 'linux') return postmaster !== undefined && commandOf(postmaster).includes(cluster) ? [postmaster] : [];
  // Every process of a cluster works in its folder.
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
      // It has ended meanwhile.
    }
  }
}

async function gone(cluster: string, postmaster: number | undefined, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (processesOn(cluster, postmaster).length > 0) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return true;
}
