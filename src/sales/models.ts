import type { Sequelize } from 'sequelize';
import { associateBalanceEntry, registerBalanceEntry } from './balance/balance-entry.model';
import { associateCart, Cart, registerCart } from './carts/cart.model';
import { associateCartItem, CartItem, registerCartItem } from './carts/items/cart-item.model';
import { DiscountCode, registerDiscountCode } from './discount-codes/discount-code.model';
import { associateDocument, registerDocument } from './documents/document.model';
import { registerDocumentNumber } from './documents/issue/document-number.model';
import { registerDocumentMail } from './documents/mail/document-mail.model';
import { associateOrder, Order, registerOrder } from './orders/order.model';
import { associateOrderItem, OrderItem, registerOrderItem } from './orders/order-item.model';
import { associatePayment, Payment, registerPayment } from './payments/payment.model';
import { registerPaymentEvent } from './payments/payment-event.model';
import { associateRefundItem, RefundItem, registerRefundItem } from './refunds/pieces/refund-item.model';
import { associateRefund, Refund, registerRefund } from './refunds/refund.model';
import { associateReturn, Return, registerReturn } from './returns/return.model';
import { associateReturnItem, ReturnItem, registerReturnItem } from './returns/return-item.model';
import { associateShipment, registerShipment, Shipment } from './shipments/shipment.model';
import { associateShipmentItem, registerShipmentItem, ShipmentItem } from './shipments/shipment-item.model';
import { registerShippingMethod, ShippingMethod } from './shipping-methods/shipping-method.model';
import { associateStockMovement, registerStockMovement } from './stock/stock-movement.model';
import { registerTaxRate, TaxRate } from './tax-rates/tax-rate.model';

/** The audited models of sales; the ledgers are records themselves. */
export const auditedSales = [
  Order,
  OrderItem,
  Refund,
  TaxRate,
  ShippingMethod,
  DiscountCode,
  Shipment,
  ShipmentItem,
  Payment,
  Cart,
  CartItem,
  Return,
  ReturnItem,
  RefundItem,
] as const;

/** Registers the models of sales. */
export function registerSales(sequelize: Sequelize): void {
  for (const register of [
    registerOrder,
    registerOrderItem,
    registerRefund,
    registerStockMovement,
    registerBalanceEntry,
    registerTaxRate,
    registerShippingMethod,
    registerDiscountCode,
    registerShipment,
    registerShipmentItem,
    registerPayment,
    registerPaymentEvent,
    registerCart,
    registerCartItem,
    registerReturn,
    registerReturnItem,
    registerRefundItem,
    registerDocument,
    registerDocumentNumber,
    registerDocumentMail,
  ])
    register(sequelize);
}

/** Associates the models of sales, once every domain has registered its models. */
export function associateSales(): void {
  for (const associate of [
    associateOrder,
    associateOrderItem,
    associateRefund,
    associateStockMovement,
    associateBalanceEntry,
    associateShipment,
    associateShipmentItem,
    associatePayment,
    associateCart,
    associateCartItem,
    associateReturn,
    associateReturnItem,
    associateRefundItem,
    associateDocument,
  ])
    associate();
}
