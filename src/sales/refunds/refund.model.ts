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
import { Return } from '../returns/return.model';
import { RefundItem } from './pieces/refund-item.model';

/** A refund of an order. */
export class Refund extends BaseModel<InferAttributes<Refund>, InferCreationAttributes<Refund>> {
  declare id: CreationOptional<string>;
  declare orderId: string;
  declare amount: string;
  declare reason: CreationOptional<string | null>;
  declare status: CreationOptional<string>;
  declare restock: CreationOptional<{ productId: string; quantity: number }[]>;
  /** Of a credit note that was imported. */
  declare reference: CreationOptional<string | null>;
  declare returnId: CreationOptional<string | null>;
  declare includesShipping: CreationOptional<boolean>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;
  declare return?: NonAttribute<Return>;
  declare items?: NonAttribute<RefundItem[]>;

  declare static associations: {
    order: Association<Refund, Order>;
    return: Association<Refund, Return>;
    items: Association<Refund, RefundItem>;
  };
}

/** Registers the model on the connection. */
export function registerRefund(sequelize: Sequelize): void {
  Refund.init(
    {
      id: idColumn(),
      orderId: { type: DataTypes.UUID, allowNull: false },
      amount: moneyColumn(),
      reason: { type: DataTypes.TEXT, allowNull: true },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'completed' },
      restock: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      reference: { type: DataTypes.TEXT, allowNull: true },
      returnId: { type: DataTypes.UUID, allowNull: true },
      includesShipping: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'refunds', modelName: 'Refund' },
  );
}

/** Associates the model, once every model is registered. */
export function associateRefund(): void {
  Refund.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  Refund.belongsTo(Return, { as: 'return', foreignKey: 'returnId' });
  Refund.hasMany(RefundItem, { as: 'items', foreignKey: 'refundId' });
}
