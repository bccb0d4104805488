import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, moneyColumn } from '../../database/base-model';

/** A line of an order: name, SKU and price as they were when it was sold. */
export class OrderItem extends BaseModel<InferAttributes<OrderItem>, InferCreationAttributes<OrderItem>> {
  declare id: CreationOptional<string>;
  declare orderId: string;
  declare productId: string;
  declare productName: string;
  declare sku: string;
  declare quantity: number;
  declare unitPrice: string;
  declare subtotal: string;
  declare discount: CreationOptional<string>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

/** Registers the table of a line of an order. */
export function registerOrderItem(sequelize: Sequelize): void {
  OrderItem.init(
    {
      id: idColumn(),
      orderId: { type: DataTypes.UUID, allowNull: false },
      productId: { type: DataTypes.UUID, allowNull: false },
      productName: { type: DataTypes.TEXT, allowNull: false },
      sku: { type: DataTypes.TEXT, allowNull: false },
      quantity: { type: DataTypes.INTEGER, allowNull: false },
      unitPrice: moneyColumn(),
      subtotal: moneyColumn(),
      discount: moneyColumn({ defaultValue: '0.00' }),
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'order_items', modelName: 'OrderItem' },
  );
}
