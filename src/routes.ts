import type { Routes } from './http/endpoint';
import type { ProblemType } from './http/problems/problem';

/** Every endpoint of the API, in the order of the docs. */
export const routes: readonly Routes[] = [];

/** What breaking a constraint means, from every domain that has a word for it. */
export const constraintProblems: Readonly<Record<string, ProblemType>> = {};
