/** The only door to operations. */
export { healthRouter } from './health/health.routes';
