import { write } from './client';
import { FAULTS, type Targets } from './faults';
import type { Journal } from './journal';
import { type Ground, writeUntil } from './load';
import type { ShopProcess } from './shop-process';

/** One fault that was done, and how long after it both processes wrote again, in milliseconds. */
export interface Done {
  readonly fault: string;
  readonly recoveryMs: number;
}

/** How long a run takes, with how many clients. */
export interface Course {
  readonly seconds: number;
  readonly clients: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

/** Writes all the time, while the faults come in turn, each when the one before is over and has been recovered from. */
export async function underFaults(
  targets: Targets,
  ground: Ground,
  journal: Journal,
  { seconds, clients, signal, log }: Course,
): Promise<Done[]> {
  const end = performance.now() + seconds * 1_000;
  const isOver = () => signal.aborted || performance.now() > end;
  const loads = Array.from({ length: clients }, (_, index) => {
    const { url } = targets.shops[index % 2] as ShopProcess;
    return writeUntil(isOver, ground, (request) => write(url, journal, request));
  });
  const done: Done[] = [];
  while (!isOver()) {
    for (const [name, fault] of Object.entries(FAULTS)) {
      if (isOver()) break;
      await fault(targets);
      const recoveryMs = await recovery(targets, isOver);
      done.push({ fault: name, recoveryMs });
      log(`${name}: both processes write again after ${Math.round(recoveryMs)} ms; ${journal.entries.length} writes so far`);
    }
  }
  await Promise.all(loads);
  return done;
}

/* Readiness asks the database, so that both processes have a connection again. */
async function recovery({ shops }: Targets, isOver: () => boolean): Promise<number> {
  const startedAt = performance.now();
  for (const { url } of shops) {
    while (!isOver() && !(await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(30_000) }).catch(() => null))?.ok) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  return performance.now() - startedAt;
}
