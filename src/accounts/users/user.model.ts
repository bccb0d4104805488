import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, moneyColumn, stampColumns } from '../../database/base-model';

/** A person who can sign in, buy, or work for the shop. */
export class User extends BaseModel<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<string>;
  declare email: string;
  declare username: string;
  declare passwordHash: CreationOptional<string | null>;
  declare firstName: string;
  declare lastName: string;
  declare isActive: CreationOptional<boolean>;
  declare emailVerified: CreationOptional<boolean>;
  declare lastLoginAt: CreationOptional<Date | null>;
  declare balance: CreationOptional<string>;
  declare currency: CreationOptional<string>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
}

/** Registers the table of a person who can sign in, buy, or work for the shop. */
export function registerUser(sequelize: Sequelize): void {
  User.init(
    {
      id: idColumn(),
      email: { type: DataTypes.TEXT, allowNull: false },
      username: { type: DataTypes.TEXT, allowNull: false },
      passwordHash: { type: DataTypes.TEXT, allowNull: true },
      firstName: { type: DataTypes.TEXT, allowNull: false },
      lastName: { type: DataTypes.TEXT, allowNull: false },
      isActive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      emailVerified: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      lastLoginAt: { type: DataTypes.DATE, allowNull: true },
      balance: moneyColumn({ defaultValue: '0.00' }),
      currency: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'USD' },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'users', modelName: 'User', paranoid: true },
  );
}
