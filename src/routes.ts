import { accountsEvents, accountsRouters } from './accounts';
import { auditLogRouter } from './audit/audit-log.routes';
import { catalogueConstraints, catalogueEvents, catalogueInvariants, catalogueRouters } from './catalogue';
import { contentEvents, contentRouters } from './content';
import { EventCatalogue } from './events/definition/event-catalogue';
import { eventRouter } from './events/event.routes';
import { EventService } from './events/event.service';
import type { ApiRouter } from './http/routing/api-router';
import { importRouter } from './imports/import.routes';
import { healthRouter, InvariantsService, invariantsRouter, operationsEvents } from './operations';
import type { ProblemType } from './problems/problem';
import { salesConstraints, salesEvents, salesInvariants, salesRouters } from './sales';
import { webhookEvents } from './webhooks/event-sources';
import { webhookRouter } from './webhooks/subscriptions/webhook.routes';
import { webhookService } from './webhooks/subscriptions/webhook.service';

/** Every type of event that the shop announces. */
export const eventCatalogue = new EventCatalogue([
  ...accountsEvents,
  ...catalogueEvents,
  ...contentEvents,
  ...salesEvents,
  ...operationsEvents,
  ...webhookEvents,
]);

/** Every router below `/v1`, in the order of the docs. */
export const apiRouters: readonly ApiRouter[] = [
  ...accountsRouters,
  ...catalogueRouters,
  ...contentRouters,
  ...salesRouters,
  auditLogRouter,
  invariantsRouter(new InvariantsService([...salesInvariants, ...catalogueInvariants])),
  eventRouter(new EventService(eventCatalogue)),
  importRouter,
  webhookRouter(webhookService(eventCatalogue)),
];

/** Returns every router there is, health first; `state` is shared with the process, which drains before it stops. */
export function allRouters(state: { readonly draining: boolean }, overload?: { readonly isPresent: boolean }): readonly ApiRouter[] {
  return [healthRouter(state, overload), ...apiRouters];
}

/** The problems of broken constraints, by the constraint's name. */
export const constraintProblems: Readonly<Record<string, ProblemType>> = { ...catalogueConstraints, ...salesConstraints };
