import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';

/** A repair of the books; a trigger makes it when the row is added. */
export class Repair extends BaseModel<InferAttributes<Repair>, InferCreationAttributes<Repair>> {
  declare id: CreationOptional<string>;
  /** The name of the invariant that was broken. */
  declare invariant: string;
  declare reason: string;
  declare rowsMended: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerRepair(sequelize: Sequelize): void {
  Repair.init(
    {
      id: idColumn(),
      invariant: { type: DataTypes.TEXT, allowNull: false },
      reason: { type: DataTypes.TEXT, allowNull: false },
      rowsMended: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      createdBy: { type: DataTypes.UUID, allowNull: true },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'repairs', modelName: 'Repair', timestamps: false },
  );
}
