import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';

/** The mark of a medium that nothing refers to, under its id. */
export class UnusedMedium extends BaseModel<InferAttributes<UnusedMedium>, InferCreationAttributes<UnusedMedium>> {
  declare id: string;
  declare unusedSince: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerUnusedMedium(sequelize: Sequelize): void {
  UnusedMedium.init(
    { id: idColumn(), unusedSince: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW } },
    { sequelize, tableName: 'unused_media', modelName: 'UnusedMedium', timestamps: false },
  );
}
