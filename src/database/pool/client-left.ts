import { unavailable } from '../../problems/common-problems';
import type { Problem } from '../../problems/problem';

/** Returns the problem of a read whose client hung up while it waited, `unavailable` (503): nobody receives it. */
export function clientLeft(): Problem {
  return unavailable.because('The client has closed the connection.');
}
