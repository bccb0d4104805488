import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { Product } from '../../../catalogue';
import { BaseModel, idColumn } from '../../../database/base-model';

/** A line of a cart: how many of a product. A trigger makes each change of a line a change of its cart. */
export class CartItem extends BaseModel<InferAttributes<CartItem>, InferCreationAttributes<CartItem>> {
  declare id: CreationOptional<string>;
  declare cartId: string;
  declare productId: string;
  declare quantity: number;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare product?: NonAttribute<Product>;

  declare static associations: {
    product: Association<CartItem, Product>;
  };
}

/** Registers the model on the connection. */
export function registerCartItem(sequelize: Sequelize): void {
  CartItem.init(
    {
      id: idColumn(),
      cartId: { type: DataTypes.UUID, allowNull: false },
      productId: { type: DataTypes.UUID, allowNull: false },
      quantity: { type: DataTypes.INTEGER, allowNull: false },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'cart_items', modelName: 'CartItem' },
  );
}

/** Associates the model, once every model is registered. */
export function associateCartItem(): void {
  CartItem.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
}
