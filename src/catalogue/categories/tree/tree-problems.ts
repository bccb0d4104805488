import type { Problem } from '../../../problems/problem';
import { categoryCycle, categoryTooDeep } from '../../problems';

/** The deepest level, with the top as 0. */
export const MAX_LEVEL = 50;

/** Returns the problem of a category that would be below itself. */
export function cycle(): Problem {
  return categoryCycle.because('A category cannot move into itself or its own subtree.');
}

/** Returns the problem of a category below the deepest level. */
export function tooDeep(): Problem {
  return categoryTooDeep.because(`The tree has at most ${MAX_LEVEL} levels below the top.`);
}
