/** The only entry to sales. */
export { salesEvents } from './event-sources';
export { salesInvariants } from './invariants/sales-invariants';
export { associateSales, auditedSales, registerSales } from './models';
export { salesConstraints } from './problems';
export { salesEventQueues, salesQueues } from './queues';
export { salesRouters } from './routes';
