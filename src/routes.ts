import { authRoutes, meRoutes, roleRoutes, userRoutes } from './accounts';
import { auditRoutes } from './audit/audit.routes';
import { categoryRoutes, imageRoutes, productRoutes, tagRoutes } from './catalogue';
import type { Routes } from './http/endpoint';
import type { ProblemType } from './http/problems/problem';
import { balanceRoutes, orderRoutes, refundRoutes, salesConstraints, stockRoutes } from './sales';

/** Every endpoint of the API, in the order of the docs. */
export const routes: readonly Routes[] = [
  authRoutes,
  meRoutes,
  userRoutes,
  balanceRoutes,
  roleRoutes,
  categoryRoutes,
  productRoutes,
  imageRoutes,
  tagRoutes,
  orderRoutes,
  refundRoutes,
  stockRoutes,
  auditRoutes,
];

/** What breaking a constraint means, from every domain that has a word for it. */
export const constraintProblems: Readonly<Record<string, ProblemType>> = salesConstraints;
