import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import type { ShippingBand } from './shipping-bands';

/** A way of shipping, with its price by weight or subtotal. */
export class ShippingMethod extends BaseModel<InferAttributes<ShippingMethod>, InferCreationAttributes<ShippingMethod>> {
  declare id: CreationOptional<string>;
  declare code: string;
  declare name: string;
  declare description: CreationOptional<string | null>;
  declare countries: CreationOptional<readonly string[]>;
  declare currency: CreationOptional<string>;
  declare basis: CreationOptional<'subtotal' | 'weight'>;
  declare bands: readonly ShippingBand[];
  declare taxClass: CreationOptional<string>;
  declare isActive: CreationOptional<boolean>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
}

/** Registers the model on the connection. */
export function registerShippingMethod(sequelize: Sequelize): void {
  ShippingMethod.init(
    {
      id: idColumn(),
      code: { type: DataTypes.TEXT, allowNull: false },
      name: { type: DataTypes.TEXT, allowNull: false },
      description: { type: DataTypes.TEXT, allowNull: true },
      countries: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      currency: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'USD' },
      basis: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'subtotal' },
      bands: { type: DataTypes.JSONB, allowNull: false },
      taxClass: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'standard' },
      isActive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'shipping_methods', modelName: 'ShippingMethod', paranoid: true },
  );
}
