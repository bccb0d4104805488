import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, moneyColumn } from '../../database/base-model';
import type { PaymentEventType } from './payment.states';

/** One message of a provider, as it came; the table is append-only. */
export class PaymentEvent extends BaseModel<InferAttributes<PaymentEvent>, InferCreationAttributes<PaymentEvent>> {
  declare id: CreationOptional<string>;
  declare paymentId: string;
  declare provider: string;
  declare eventId: string;
  declare type: PaymentEventType;
  declare amount: string;
  declare currency: string;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerPaymentEvent(sequelize: Sequelize): void {
  PaymentEvent.init(
    {
      id: idColumn(),
      paymentId: { type: DataTypes.UUID, allowNull: false },
      provider: { type: DataTypes.TEXT, allowNull: false },
      eventId: { type: DataTypes.TEXT, allowNull: false },
      type: { type: DataTypes.TEXT, allowNull: false },
      amount: moneyColumn(),
      currency: { type: DataTypes.TEXT, allowNull: false },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'payment_events', modelName: 'PaymentEvent', timestamps: false },
  );
}
