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
import { BaseModel, idColumn, moneyColumn } from '../../database/base-model';

/** An entry of the balance ledger, which triggers write and nothing changes. */
export class BalanceEntry extends BaseModel<InferAttributes<BalanceEntry>, InferCreationAttributes<BalanceEntry>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare amount: string;
  declare balanceAfter: string;
  declare kind: string;
  declare orderId: CreationOptional<string | null>;
  declare refundId: CreationOptional<string | null>;
  declare note: CreationOptional<string | null>;
  declare actorId: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare user?: NonAttribute<User>;

  declare static associations: {
    user: Association<BalanceEntry, User>;
  };
}

/** Registers the model on the connection. */
export function registerBalanceEntry(sequelize: Sequelize): void {
  BalanceEntry.init(
    {
      id: idColumn(),
      userId: { type: DataTypes.UUID, allowNull: false },
      amount: moneyColumn(),
      balanceAfter: moneyColumn(),
      kind: { type: DataTypes.TEXT, allowNull: false },
      orderId: { type: DataTypes.UUID, allowNull: true },
      refundId: { type: DataTypes.UUID, allowNull: true },
      note: { type: DataTypes.TEXT, allowNull: true },
      actorId: { type: DataTypes.UUID, allowNull: true },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'balance_entries', modelName: 'BalanceEntry', timestamps: false },
  );
}

/** Associates the model, once every model is registered. */
export function associateBalanceEntry(): void {
  BalanceEntry.belongsTo(User, { as: 'user', foreignKey: 'userId' });
}
