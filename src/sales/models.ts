import type { Sequelize } from 'sequelize';
import { User } from '../accounts';
import { Product } from '../catalogue';
import { BalanceEntry, registerBalanceEntry } from './balance/balance-entry.model';
import { Order, registerOrder } from './orders/order.model';
import { OrderItem, registerOrderItem } from './orders/order-item.model';
import { Refund, registerRefund } from './refunds/refund.model';
import { registerStockMovement, StockMovement } from './stock/stock-movement.model';

/** The audited models of sales; the ledgers are records themselves. */
export const auditedSales = [Order, OrderItem, Refund] as const;

/** Registers the tables of sales. */
export function registerSales(sequelize: Sequelize): void {
  for (const register of [registerOrder, registerOrderItem, registerRefund, registerStockMovement, registerBalanceEntry])
    register(sequelize);
}

/** Ties them together, once every domain has registered its own. */
export function associateSales(): void {
  Order.belongsTo(User, { as: 'user', foreignKey: 'userId' });
  User.hasMany(Order, { as: 'orders', foreignKey: 'userId' });
  Order.hasMany(OrderItem, { as: 'items', foreignKey: 'orderId' });
  OrderItem.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  OrderItem.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
  Order.hasMany(Refund, { as: 'refunds', foreignKey: 'orderId' });
  Refund.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  StockMovement.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
  BalanceEntry.belongsTo(User, { as: 'user', foreignKey: 'userId' });
}
