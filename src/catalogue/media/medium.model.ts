import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';
import type { Variant } from './variants/variant';

/** An uploaded image. Its row never changes. */
export class Medium extends BaseModel<InferAttributes<Medium>, InferCreationAttributes<Medium>> {
  declare id: CreationOptional<string>;
  declare fileName: string;
  declare mediaType: string;
  declare bytes: number;
  declare sha256: string;
  declare width: number;
  declare height: number;
  /** From the narrowest to the widest. */
  declare variants: readonly Variant[];
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerMedium(sequelize: Sequelize): void {
  Medium.init(
    {
      id: idColumn(),
      fileName: { type: DataTypes.TEXT, allowNull: false },
      mediaType: { type: DataTypes.TEXT, allowNull: false },
      bytes: { type: DataTypes.INTEGER, allowNull: false },
      sha256: { type: DataTypes.TEXT, allowNull: false },
      width: { type: DataTypes.INTEGER, allowNull: false },
      height: { type: DataTypes.INTEGER, allowNull: false },
      variants: { type: DataTypes.JSONB, allowNull: false },
      createdAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'media', modelName: 'Medium', updatedAt: false },
  );
}
