import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';

/** A category: a node of the tree that products hang in. */
export class Category extends BaseModel<InferAttributes<Category>, InferCreationAttributes<Category>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare slug: string;
  declare description: CreationOptional<string | null>;
  declare parentId: CreationOptional<string | null>;
  declare path: string;
  declare level: number;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
}

/** Registers the table of a category. */
export function registerCategory(sequelize: Sequelize): void {
  Category.init(
    {
      id: idColumn(),
      name: { type: DataTypes.TEXT, allowNull: false },
      slug: { type: DataTypes.TEXT, allowNull: false },
      description: { type: DataTypes.TEXT, allowNull: true },
      parentId: { type: DataTypes.UUID, allowNull: true },
      path: { type: DataTypes.TEXT, allowNull: false },
      level: { type: DataTypes.INTEGER, allowNull: false },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'categories', modelName: 'Category', paranoid: true },
  );
}
