import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';

/** Declares the table of the slugs that rows had; triggers write it, and `current-slug.statement.ts` reads it. */
export class FormerSlug extends BaseModel<InferAttributes<FormerSlug>, InferCreationAttributes<FormerSlug>> {
  declare id: CreationOptional<string>;
  declare tableName: string;
  declare slug: string;
  declare recordId: string;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerFormerSlug(sequelize: Sequelize): void {
  FormerSlug.init(
    {
      id: idColumn(),
      tableName: { type: DataTypes.TEXT, allowNull: false },
      slug: { type: DataTypes.TEXT, allowNull: false },
      recordId: { type: DataTypes.UUID, allowNull: false },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'former_slugs', modelName: 'FormerSlug', timestamps: false },
  );
}
