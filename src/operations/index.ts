/** The only entry to operations. */
export { operationsEvents } from './event-sources';
export { healthRouter } from './health/health.routes';
export { invariantsRouter } from './invariants/invariants.routes';
export { InvariantsService } from './invariants/invariants.service';
export { Repair, registerRepair } from './invariants/repair.model';
