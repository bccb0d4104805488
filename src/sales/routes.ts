import type { Routes } from '../http/endpoint';
import { balanceRoutes } from './balance/balance.routes';
import { orderRoutes } from './orders/order.routes';
import { refundRoutes } from './refunds/refund.routes';
import { stockRoutes } from './stock/stock.routes';

/** The endpoints of sales, in the order of the docs. */
export const salesRoutes: readonly Routes[] = [balanceRoutes, orderRoutes, refundRoutes, stockRoutes];
