/** The only entry to operations. */
export { healthRouter } from './health/health.routes';
