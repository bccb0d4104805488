import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import { personal } from '../../database/column-privacy';
import { User } from '../users/user.model';

/** An address in the address book of a user. */
export class Address extends BaseModel<InferAttributes<Address>, InferCreationAttributes<Address>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare label: CreationOptional<string | null>;
  declare address: Record<string, unknown>;
  declare isDefaultShipping: CreationOptional<boolean>;
  declare isDefaultBilling: CreationOptional<boolean>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
  declare user?: NonAttribute<User>;

  declare static associations: {
    user: Association<Address, User>;
  };
}

/** Registers the model on the connection. */
export function registerAddress(sequelize: Sequelize): void {
  Address.init(
    {
      id: idColumn(),
      userId: { type: DataTypes.UUID, allowNull: false },
      label: personal({ type: DataTypes.TEXT, allowNull: true }),
      address: personal({ type: DataTypes.JSONB, allowNull: false }),
      isDefaultShipping: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      isDefaultBilling: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'addresses', modelName: 'Address', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateAddress(): void {
  Address.belongsTo(User, { as: 'user', foreignKey: 'userId' });
}
