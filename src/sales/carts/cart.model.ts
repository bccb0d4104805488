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
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import { personal, secret } from '../../database/column-privacy';
import { Order } from '../orders/order.model';
import type { CartStatus } from './cart.schemas';
import { CartItem } from './items/cart-item.model';

/** What a buyer has in hand. */
export class Cart extends BaseModel<InferAttributes<Cart>, InferCreationAttributes<Cart>> {
  declare id: CreationOptional<string>;
  declare userId: CreationOptional<string | null>;
  declare guestTokenHash: CreationOptional<string | null>;
  declare email: CreationOptional<string | null>;
  declare shippingAddress: CreationOptional<Record<string, unknown> | null>;
  declare billingAddress: CreationOptional<Record<string, unknown> | null>;
  declare shippingMethod: CreationOptional<string | null>;
  declare discountCode: CreationOptional<string | null>;
  declare note: CreationOptional<string | null>;
  declare status: CreationOptional<CartStatus>;
  declare heldUntil: CreationOptional<Date | null>;
  declare isHoldExtended: CreationOptional<boolean>;
  declare orderId: CreationOptional<string | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
  declare user?: NonAttribute<User>;
  declare order?: NonAttribute<Order>;
  declare items?: NonAttribute<CartItem[]>;

  declare static associations: {
    user: Association<Cart, User>;
    order: Association<Cart, Order>;
    items: Association<Cart, CartItem>;
  };
}

/** Registers the model on the connection. */
export function registerCart(sequelize: Sequelize): void {
  Cart.init(
    {
      id: idColumn(),
      userId: { type: DataTypes.UUID, allowNull: true },
      guestTokenHash: secret({ type: DataTypes.TEXT, allowNull: true }),
      email: personal({ type: DataTypes.TEXT, allowNull: true }),
      shippingAddress: personal({ type: DataTypes.JSONB, allowNull: true }),
      billingAddress: personal({ type: DataTypes.JSONB, allowNull: true }),
      shippingMethod: { type: DataTypes.TEXT, allowNull: true },
      discountCode: { type: DataTypes.TEXT, allowNull: true },
      note: personal({ type: DataTypes.TEXT, allowNull: true }),
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'open' },
      heldUntil: { type: DataTypes.DATE, allowNull: true },
      isHoldExtended: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      orderId: { type: DataTypes.UUID, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'carts', modelName: 'Cart', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateCart(): void {
  Cart.belongsTo(User, { as: 'user', foreignKey: 'userId' });
  Cart.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  Cart.hasMany(CartItem, { as: 'items', foreignKey: 'cartId' });
}
