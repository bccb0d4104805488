import { accountsRouters } from './accounts';
import { auditLogRouter } from './audit/audit-log.routes';
import { catalogueRouters } from './catalogue';
import type { ApiRouter } from './http/routing/api-router';
import { healthRouter } from './operations';
import type { ProblemType } from './problems/problem';
import { salesConstraints, salesRouters } from './sales';
import { webhookRouter } from './webhooks/webhook.routes';

/** Every router below `/v1`, in the order of the docs. */
export const apiRouters: readonly ApiRouter[] = [...accountsRouters, ...catalogueRouters, ...salesRouters, auditLogRouter, webhookRouter];

/** Returns every router there is, health first; `state` is shared with the process, which drains before it stops. */
export function allRouters(state: { readonly draining: boolean }): readonly ApiRouter[] {
  return [healthRouter(state), ...apiRouters];
}

/** The problems of broken constraints, by the constraint's name. */
export const constraintProblems: Readonly<Record<string, ProblemType>> = salesConstraints;
