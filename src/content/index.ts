/** The only entry to content. */
export { contentEvents } from './event-sources';
export { associateContent, auditedContent, registerContent } from './models';
export { contentQueues } from './queues';
export { contentRouters } from './routes';
