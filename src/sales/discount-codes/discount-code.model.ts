import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, moneyColumn, stampColumns } from '../../database/base-model';

/** A code that buyers enter for a discount. */
export class DiscountCode extends BaseModel<InferAttributes<DiscountCode>, InferCreationAttributes<DiscountCode>> {
  declare id: CreationOptional<string>;
  declare code: string;
  declare description: CreationOptional<string | null>;
  declare kind: 'percent' | 'amount' | 'free_shipping';
  declare value: CreationOptional<string>;
  declare currency: CreationOptional<string | null>;
  declare minimum: CreationOptional<string | null>;
  declare productIds: CreationOptional<readonly string[]>;
  declare categoryIds: CreationOptional<readonly string[]>;
  declare validFrom: CreationOptional<Date | null>;
  declare validTo: CreationOptional<Date | null>;
  declare usageLimit: CreationOptional<number | null>;
  declare usageLimitPerCustomer: CreationOptional<number | null>;
  declare usedCount: CreationOptional<number>;
  declare isActive: CreationOptional<boolean>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
}

/** Registers the model on the connection. */
export function registerDiscountCode(sequelize: Sequelize): void {
  DiscountCode.init(
    {
      id: idColumn(),
      code: { type: DataTypes.TEXT, allowNull: false },
      description: { type: DataTypes.TEXT, allowNull: true },
      kind: { type: DataTypes.TEXT, allowNull: false },
      value: moneyColumn({ defaultValue: '0.00' }),
      currency: { type: DataTypes.TEXT, allowNull: true },
      minimum: moneyColumn({ allowNull: true }),
      productIds: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      categoryIds: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      validFrom: { type: DataTypes.DATE, allowNull: true },
      validTo: { type: DataTypes.DATE, allowNull: true },
      usageLimit: { type: DataTypes.INTEGER, allowNull: true },
      usageLimitPerCustomer: { type: DataTypes.INTEGER, allowNull: true },
      usedCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      isActive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'discount_codes', modelName: 'DiscountCode', paranoid: true },
  );
}
