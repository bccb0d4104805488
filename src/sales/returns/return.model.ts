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
import type { ReturnStatus } from './return.states';
import { ReturnItem } from './return-item.model';

/** Goods of an order that come back: a return that the shop agrees to, or a withdrawal, which it cannot refuse. */
export class Return extends BaseModel<InferAttributes<Return>, InferCreationAttributes<Return>> {
  declare id: CreationOptional<string>;
  declare orderId: string;
  declare userId: CreationOptional<string | null>;
  declare returnNumber: string;
  declare kind: 'return' | 'withdrawal';
  declare status: ReturnStatus;
  declare reason: CreationOptional<string | null>;
  declare name: CreationOptional<string | null>;
  declare email: CreationOptional<string | null>;
  declare statement: CreationOptional<string | null>;
  declare confirmationHash: CreationOptional<Buffer | null>;
  declare receipt: CreationOptional<Record<string, unknown> | null>;
  declare confirmedAt: CreationOptional<Date | null>;
  declare receivedAt: CreationOptional<Date | null>;
  declare closedAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;
  declare user?: NonAttribute<User>;
  declare items?: NonAttribute<ReturnItem[]>;

  declare static associations: {
    order: Association<Return, Order>;
    user: Association<Return, User>;
    items: Association<Return, ReturnItem>;
  };
}

/** Registers the model on the connection. */
export function registerReturn(sequelize: Sequelize): void {
  Return.init(
    {
      id: idColumn(),
      orderId: { type: DataTypes.UUID, allowNull: false },
      userId: { type: DataTypes.UUID, allowNull: true },
      returnNumber: { type: DataTypes.TEXT, allowNull: false },
      kind: { type: DataTypes.TEXT, allowNull: false },
      status: { type: DataTypes.TEXT, allowNull: false },
      reason: { type: DataTypes.TEXT, allowNull: true },
      name: personal({ type: DataTypes.TEXT, allowNull: true }),
      email: personal({ type: DataTypes.TEXT, allowNull: true }),
      statement: personal({ type: DataTypes.TEXT, allowNull: true }),
      confirmationHash: secret({ type: DataTypes.BLOB, allowNull: true }),
      receipt: personal({ type: DataTypes.JSONB, allowNull: true }),
      confirmedAt: { type: DataTypes.DATE, allowNull: true },
      receivedAt: { type: DataTypes.DATE, allowNull: true },
      closedAt: { type: DataTypes.DATE, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'returns', modelName: 'Return' },
  );
}

/** Associates the model, once every model is registered. */
export function associateReturn(): void {
  Return.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  Return.belongsTo(User, { as: 'user', foreignKey: 'userId' });
  Return.hasMany(ReturnItem, { as: 'items', foreignKey: 'returnId' });
}
