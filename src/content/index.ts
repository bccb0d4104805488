/** The only entry to content. */
export { contentEvents } from './event-sources';
export { associateContent, auditedContent, registerContent } from './models';
export { contentRouters } from './routes';
