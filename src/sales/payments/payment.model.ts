import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, moneyColumn, stampColumns } from '../../database/base-model';
import { Order } from '../orders/order.model';
import type { PaymentReason, PaymentStatus } from './payment.states';
import { PaymentEvent } from './payment-event.model';

/** What a provider said of one payment, under its reference. */
export class Payment extends BaseModel<InferAttributes<Payment>, InferCreationAttributes<Payment>> {
  declare id: CreationOptional<string>;
  declare orderId: CreationOptional<string | null>;
  declare provider: string;
  declare providerReference: string;
  declare amount: string;
  declare currency: string;
  declare status: PaymentStatus;
  declare reason: CreationOptional<PaymentReason | null>;
  declare refundedAmount: CreationOptional<string>;
  declare receivedAt: CreationOptional<Date | null>;
  declare resolvedAt: CreationOptional<Date | null>;
  declare note: CreationOptional<string | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;
  declare events?: NonAttribute<PaymentEvent[]>;

  declare static associations: {
    order: Association<Payment, Order>;
    events: Association<Payment, PaymentEvent>;
  };
}

/** Registers the model on the connection. */
export function registerPayment(sequelize: Sequelize): void {
  Payment.init(
    {
      id: idColumn(),
      orderId: { type: DataTypes.UUID, allowNull: true },
      provider: { type: DataTypes.TEXT, allowNull: false },
      providerReference: { type: DataTypes.TEXT, allowNull: false },
      amount: moneyColumn(),
      currency: { type: DataTypes.TEXT, allowNull: false },
      status: { type: DataTypes.TEXT, allowNull: false },
      reason: { type: DataTypes.TEXT, allowNull: true },
      refundedAmount: moneyColumn({ defaultValue: '0.00' }),
      receivedAt: { type: DataTypes.DATE, allowNull: true },
      resolvedAt: { type: DataTypes.DATE, allowNull: true },
      note: { type: DataTypes.TEXT, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'payments', modelName: 'Payment' },
  );
}

/** Associates the model, once every model is registered. */
export function associatePayment(): void {
  Payment.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  Payment.hasMany(PaymentEvent, { as: 'events', foreignKey: 'paymentId' });
}
