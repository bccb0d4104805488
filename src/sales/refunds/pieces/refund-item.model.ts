import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, moneyColumn } from '../../../database/base-model';
import { OrderItem } from '../../orders/order-item.model';
import { Refund } from '../refund.model';

/** The pieces of a line that a refund pays back, and what they cost; it is written once. */
export class RefundItem extends BaseModel<InferAttributes<RefundItem>, InferCreationAttributes<RefundItem>> {
  declare id: CreationOptional<string>;
  declare refundId: string;
  declare orderItemId: string;
  declare quantity: number;
  declare amount: string;
  declare createdAt: CreationOptional<Date>;
  declare refund?: NonAttribute<Refund>;
  declare orderItem?: NonAttribute<OrderItem>;

  declare static associations: {
    refund: Association<RefundItem, Refund>;
    orderItem: Association<RefundItem, OrderItem>;
  };
}

/** Registers the model on the connection. */
export function registerRefundItem(sequelize: Sequelize): void {
  RefundItem.init(
    {
      id: idColumn(),
      refundId: { type: DataTypes.UUID, allowNull: false },
      orderItemId: { type: DataTypes.UUID, allowNull: false },
      quantity: { type: DataTypes.INTEGER, allowNull: false },
      amount: moneyColumn(),
      createdAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'refund_items', modelName: 'RefundItem', updatedAt: false },
  );
}

/** Associates the model, once every model is registered. */
export function associateRefundItem(): void {
  RefundItem.belongsTo(Refund, { as: 'refund', foreignKey: 'refundId' });
  RefundItem.belongsTo(OrderItem, { as: 'orderItem', foreignKey: 'orderItemId' });
}
