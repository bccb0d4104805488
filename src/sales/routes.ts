import type { ApiRouter } from '../http/routing/api-router';
import { balanceRouter } from './balance/balance.routes';
import { orderRouter } from './orders/order.routes';
import { refundRouter } from './refunds/refund.routes';
import { productStockRouter, stockRouter } from './stock/stock.routes';

/** The endpoints of sales, in the order of the docs. */
export const salesRouters: readonly ApiRouter[] = [balanceRouter, orderRouter, refundRouter, stockRouter, productStockRouter];
