/** The only door to sales. */
export { balanceRoutes } from './balance/balance.routes';
export { associateSales, auditedSales, registerSales } from './models';
export { orderRoutes } from './orders/order.routes';
export { salesConstraints } from './problems';
export { refundRoutes } from './refunds/refund.routes';
export { stockRoutes } from './stock/stock.routes';
