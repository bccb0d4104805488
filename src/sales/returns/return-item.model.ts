import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';
import { OrderItem } from '../orders/order-item.model';
import { Return } from './return.model';

/** The pieces of a line in a return. */
export class ReturnItem extends BaseModel<InferAttributes<ReturnItem>, InferCreationAttributes<ReturnItem>> {
  declare id: CreationOptional<string>;
  declare returnId: string;
  declare orderItemId: string;
  declare quantity: number;
  /** Those that had not been shipped when the withdrawal was confirmed. */
  declare unshippedQuantity: CreationOptional<number>;
  declare createdAt: CreationOptional<Date>;
  declare return?: NonAttribute<Return>;
  declare orderItem?: NonAttribute<OrderItem>;

  declare static associations: {
    return: Association<ReturnItem, Return>;
    orderItem: Association<ReturnItem, OrderItem>;
  };
}

/** Registers the model on the connection. */
export function registerReturnItem(sequelize: Sequelize): void {
  ReturnItem.init(
    {
      id: idColumn(),
      returnId: { type: DataTypes.UUID, allowNull: false },
      orderItemId: { type: DataTypes.UUID, allowNull: false },
      quantity: { type: DataTypes.INTEGER, allowNull: false },
      unshippedQuantity: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      createdAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'return_items', modelName: 'ReturnItem', updatedAt: false },
  );
}

/** Associates the model, once every model is registered. */
export function associateReturnItem(): void {
  ReturnItem.belongsTo(Return, { as: 'return', foreignKey: 'returnId' });
  ReturnItem.belongsTo(OrderItem, { as: 'orderItem', foreignKey: 'orderItemId' });
}
