import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, moneyColumn, stampColumns } from '../../database/base-model';

/** A refund: money given back for an order. */
export class Refund extends BaseModel<InferAttributes<Refund>, InferCreationAttributes<Refund>> {
  declare id: CreationOptional<string>;
  declare orderId: string;
  declare amount: string;
  declare reason: CreationOptional<string | null>;
  declare status: CreationOptional<string>;
  declare restock: CreationOptional<{ productId: string; quantity: number }[]>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

/** Registers the table of a refund. */
export function registerRefund(sequelize: Sequelize): void {
  Refund.init(
    {
      id: idColumn(),
      orderId: { type: DataTypes.UUID, allowNull: false },
      amount: moneyColumn(),
      reason: { type: DataTypes.TEXT, allowNull: true },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'completed' },
      restock: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'refunds', modelName: 'Refund' },
  );
}
