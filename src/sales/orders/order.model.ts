import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { User } from '../../accounts';
import { BaseModel, idColumn, moneyColumn, stampColumns } from '../../database/base-model';
import { personal } from '../../database/column-privacy';
import { Payment } from '../payments/payment.model';
import { Refund } from '../refunds/refund.model';
import { Return } from '../returns/return.model';
import { Shipment } from '../shipments/shipment.model';
import { OrderItem } from './order-item.model';
import type { OrderStatus } from './transitions/order.states';

/** An order, at the prices of its time. */
export class Order extends BaseModel<InferAttributes<Order>, InferCreationAttributes<Order>> {
  declare id: CreationOptional<string>;
  declare orderNumber: string;
  declare userId: CreationOptional<string | null>;
  declare email: CreationOptional<string | null>;
  declare status: OrderStatus;
  declare paymentMethod: string;
  declare subtotal: string;
  declare discount: CreationOptional<string>;
  declare shipping: CreationOptional<string>;
  declare tax: CreationOptional<string>;
  declare shippingTax: CreationOptional<string>;
  declare pricesIncludeTax: CreationOptional<boolean>;
  declare total: string;
  declare currency: CreationOptional<string>;
  declare shippingMethod: CreationOptional<string | null>;
  declare discountCode: CreationOptional<string | null>;
  declare discountCodeId: CreationOptional<string | null>;
  declare shippingAddress: CreationOptional<Record<string, unknown> | null>;
  declare billingAddress: CreationOptional<Record<string, unknown> | null>;
  declare placedAt: Date;
  declare paidAt: CreationOptional<Date | null>;
  declare shippedAt: CreationOptional<Date | null>;
  declare completedAt: CreationOptional<Date | null>;
  declare cancelledAt: CreationOptional<Date | null>;
  declare expiresAt: CreationOptional<Date | null>;
  declare note: CreationOptional<string | null>;
  declare customerNumber: CreationOptional<string | null>;
  /** Of an order of the past: it moved no stock here. */
  declare importedAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare user?: NonAttribute<User>;
  declare items?: NonAttribute<OrderItem[]>;
  declare refunds?: NonAttribute<Refund[]>;
  declare returns?: NonAttribute<Return[]>;
  declare shipments?: NonAttribute<Shipment[]>;
  declare payments?: NonAttribute<Payment[]>;

  declare static associations: {
    user: Association<Order, User>;
    items: Association<Order, OrderItem>;
    refunds: Association<Order, Refund>;
    returns: Association<Order, Return>;
    shipments: Association<Order, Shipment>;
    payments: Association<Order, Payment>;
  };
}

/** Registers the model on the connection. */
export function registerOrder(sequelize: Sequelize): void {
  Order.init(
    {
      id: idColumn(),
      orderNumber: { type: DataTypes.TEXT, allowNull: false },
      userId: { type: DataTypes.UUID, allowNull: true },
      email: personal({ type: DataTypes.TEXT, allowNull: true }),
      status: { type: DataTypes.TEXT, allowNull: false },
      paymentMethod: { type: DataTypes.TEXT, allowNull: false },
      subtotal: moneyColumn(),
      discount: moneyColumn({ defaultValue: '0.00' }),
      shipping: moneyColumn({ defaultValue: '0.00' }),
      tax: moneyColumn({ defaultValue: '0.00' }),
      shippingTax: moneyColumn({ defaultValue: '0.00' }),
      pricesIncludeTax: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      total: moneyColumn(),
      currency: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'USD' },
      shippingMethod: { type: DataTypes.TEXT, allowNull: true },
      discountCode: { type: DataTypes.TEXT, allowNull: true },
      discountCodeId: { type: DataTypes.UUID, allowNull: true },
      shippingAddress: personal({ type: DataTypes.JSONB, allowNull: true }),
      billingAddress: personal({ type: DataTypes.JSONB, allowNull: true }),
      placedAt: { type: DataTypes.DATE, allowNull: false },
      paidAt: { type: DataTypes.DATE, allowNull: true },
      shippedAt: { type: DataTypes.DATE, allowNull: true },
      completedAt: { type: DataTypes.DATE, allowNull: true },
      cancelledAt: { type: DataTypes.DATE, allowNull: true },
      expiresAt: { type: DataTypes.DATE, allowNull: true },
      note: personal({ type: DataTypes.TEXT, allowNull: true }),
      customerNumber: personal({ type: DataTypes.TEXT, allowNull: true }),
      importedAt: { type: DataTypes.DATE, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'orders', modelName: 'Order' },
  );
}

/** Associates the model, once every model is registered. */
export function associateOrder(): void {
  Order.belongsTo(User, { as: 'user', foreignKey: 'userId' });
  Order.hasMany(OrderItem, { as: 'items', foreignKey: 'orderId' });
  Order.hasMany(Refund, { as: 'refunds', foreignKey: 'orderId' });
  Order.hasMany(Return, { as: 'returns', foreignKey: 'orderId' });
  Order.hasMany(Shipment, { as: 'shipments', foreignKey: 'orderId' });
  Order.hasMany(Payment, { as: 'payments', foreignKey: 'orderId' });
}
