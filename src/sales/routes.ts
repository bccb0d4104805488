import type { ApiRouter } from '../http/routing/api-router';
import { balanceRouter } from './balance/balance.routes';
import { cartRouter } from './carts/cart.routes';
import { discountCodeRouter } from './discount-codes/discount-code.routes';
import { documentRouter } from './documents/document.routes';
import { orderRouter } from './orders/order.routes';
import { paymentRouter } from './payments/payment.routes';
import { refundRouter } from './refunds/refund.routes';
import { returnRouter } from './returns/return.routes';
import { shipmentRouter } from './shipments/shipment.routes';
import { shippingMethodRouter } from './shipping-methods/shipping-method.routes';
import { productStockRouter, stockRouter } from './stock/stock.routes';
import { taxRateRouter } from './tax-rates/tax-rate.routes';

/** The endpoints of sales, in the order of the docs. */
export const salesRouters: readonly ApiRouter[] = [
  balanceRouter,
  cartRouter,
  orderRouter,
  documentRouter,
  shipmentRouter,
  returnRouter,
  refundRouter,
  paymentRouter,
  stockRouter,
  productStockRouter,
  taxRateRouter,
  shippingMethodRouter,
  discountCodeRouter,
];
