import { busy } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';

/** Returns the problem of work whose deadline passed while it waited, `busy` (503): nothing was done. */
export function waitedTooLong(): Problem {
  return busy.because(
    'The shop is busy with the same objects, or with too many requests of this kind; nothing was changed. Try again soon.',
    {
      headers: { 'Retry-After': '1' },
    },
  );
}
