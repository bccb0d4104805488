import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, positionColumn, stampColumns } from '../../database/base-model';
import { Product } from '../products/product.model';

/** A category: a node of the tree of products. */
export class Category extends BaseModel<InferAttributes<Category>, InferCreationAttributes<Category>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare slug: string;
  declare description: CreationOptional<string | null>;
  declare parentId: CreationOptional<string | null>;
  declare path: string;
  declare level: number;
  declare position: CreationOptional<number>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
  declare deletedWith: CreationOptional<string | null>;

  declare parent?: NonAttribute<Category | null>;
  declare children?: NonAttribute<Category[]>;
  declare products?: NonAttribute<Product[]>;

  declare static associations: {
    parent: Association<Category, Category>;
    children: Association<Category, Category>;
    products: Association<Category, Product>;
  };
}

/** Registers the model on the connection. */
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
      position: positionColumn(),
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
      deletedWith: { type: DataTypes.UUID, allowNull: true },
    },
    { sequelize, tableName: 'categories', modelName: 'Category', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateCategory(): void {
  Category.belongsTo(Category, { as: 'parent', foreignKey: 'parentId' });
  Category.hasMany(Category, { as: 'children', foreignKey: 'parentId' });
  Category.hasMany(Product, { as: 'products', foreignKey: 'categoryId' });
}
