/** The only door to sales. */
export { associateSales, auditedSales, registerSales } from './models';
export { salesConstraints } from './problems';
export { salesRouters } from './routes';
