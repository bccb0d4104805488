import { clientLeft } from '../client-left';
import type { Deadline } from './deadline';
import { waitedTooLong } from './waited-too-long';

/** How long something may be waited for: until the deadline, and until the client hangs up. */
export interface Wait {
  readonly deadline: Deadline;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Returns what `acquire` yields; throws `busy` (503) at the deadline and `unavailable` (503) when the client hangs up, and what is acquired
 * after that goes to `giveBack`.
 */
export async function acquireInTime<T>({ deadline, signal }: Wait, acquire: () => Promise<T>, giveBack: (late: T) => void): Promise<T> {
  if (signal?.aborted) throw clientLeft();
  const leftMs = deadline - performance.now();
  if (leftMs <= 0) throw waitedTooLong();
  return new Promise<T>((resolve, reject) => {
    let isOver = false;
    /* Returns false where the wait is over already. */
    const end = () => {
      if (isOver) return false;
      isOver = true;
      clearTimeout(limit);
      signal?.removeEventListener('abort', leave);
      return true;
    };
    const leave = () => end() && reject(clientLeft());
    const limit = setTimeout(() => end() && reject(waitedTooLong()), leftMs);
    signal?.addEventListener('abort', leave, { once: true });
    acquire().then(
      (acquired) => (end() ? resolve(acquired) : giveBack(acquired)),
      // An error that comes late says only that there is nothing to give back.
      (error) => end() && reject(error),
    );
  });
}
