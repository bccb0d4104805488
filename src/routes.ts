import { accountsRoutes } from './accounts';
import { auditRoutes } from './audit/audit-log.routes';
import { catalogueRoutes } from './catalogue';
import type { Routes } from './http/endpoint';
import type { ProblemType } from './problems/problem';
import { salesConstraints, salesRoutes } from './sales';

/** Every endpoint of the API, in the order of the docs. */
export const routes: readonly Routes[] = [...accountsRoutes, ...catalogueRoutes, ...salesRoutes, auditRoutes];

/** What breaking a constraint means, from every domain that has a word for it. */
export const constraintProblems: Readonly<Record<string, ProblemType>> = salesConstraints;
