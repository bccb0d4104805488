/** The only door to operations. */
export { healthRoutes } from './health/health.routes';
