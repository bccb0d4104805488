import type { Ctx } from '../context/context';
import { type Change, changesOf } from './changes.queries';

/** What work would have returned, and what it would have changed. */
export interface Rehearsal<T> {
  readonly result: T;
  readonly changes: readonly Change[];
}

/** Runs work for real in units of work that are rolled back (docs/adr/0018), and returns what it would have done; throws what it throws. */
export async function rehearse<T>(ctx: Ctx, work: (dry: Ctx) => Promise<T>): Promise<Rehearsal<T>> {
  const changes: Change[] = [];
  const result = await work({
    ...ctx,
    dryRun: true,
    beforeRollback: async (tx) => {
      changes.push(...(await changesOf(tx)));
    },
  });
  return { result, changes };
}
