import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a cluster's `postmaster.pid` says: the process id of its postmaster, and whether it accepts connections. */
export interface PostmasterState {
  readonly pid: number;
  readonly ready: boolean;
}

/** Returns the state that the cluster's `postmaster.pid` records; undefined without that file. */
export function postmasterState(cluster: string): PostmasterState | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}
