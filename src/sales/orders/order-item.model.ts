import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { Product } from '../../catalogue';
import { BaseModel, idColumn, moneyColumn } from '../../database/base-model';
import { Order } from './order.model';

/** A line of an order: name, SKU and price at the time of sale. */
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
  declare tax: CreationOptional<string>;
  declare taxRate: CreationOptional<number | null>;
  declare optionValues: CreationOptional<Readonly<Record<string, string>>>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;
  declare product?: NonAttribute<Product>;

  declare static associations: {
    order: Association<OrderItem, Order>;
    product: Association<OrderItem, Product>;
  };
}

/** Registers the model on the connection. */
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
      tax: moneyColumn({ defaultValue: '0.00' }),
      taxRate: { type: DataTypes.DECIMAL(7, 4), allowNull: true },
      optionValues: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'order_items', modelName: 'OrderItem' },
  );
}

/** Associates the model, once every model is registered. */
export function associateOrderItem(): void {
  OrderItem.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  OrderItem.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
}
