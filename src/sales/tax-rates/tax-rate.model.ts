import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';

/** The tax rate of a class of goods in a country or region, for a time. */
export class TaxRate extends BaseModel<InferAttributes<TaxRate>, InferCreationAttributes<TaxRate>> {
  declare id: CreationOptional<string>;
  declare country: string;
  declare region: CreationOptional<string | null>;
  declare taxClass: CreationOptional<string>;
  declare name: string;
  declare rate: number;
  declare validFrom: CreationOptional<Date | null>;
  declare validTo: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
}

/** Registers the model on the connection. */
export function registerTaxRate(sequelize: Sequelize): void {
  TaxRate.init(
    {
      id: idColumn(),
      country: { type: DataTypes.TEXT, allowNull: false },
      region: { type: DataTypes.TEXT, allowNull: true },
      taxClass: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'standard' },
      name: { type: DataTypes.TEXT, allowNull: false },
      rate: { type: DataTypes.DECIMAL(7, 4), allowNull: false },
      validFrom: { type: DataTypes.DATE, allowNull: true },
      validTo: { type: DataTypes.DATE, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'tax_rates', modelName: 'TaxRate', paranoid: true },
  );
}
