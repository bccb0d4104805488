import { problemType } from '../problems/problem';

export const categoryCycle = problemType('category_cycle', 409, 'A category cannot lie in itself');
export const categoryTooDeep = problemType('category_too_deep', 409, 'The category would lie too deep');
