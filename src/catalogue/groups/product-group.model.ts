import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import { Category } from '../categories/category.model';
import { ProductImage } from '../images/product-image.model';
import { Product } from '../products/product.model';
import type { OptionAxis } from './option-axes';

/** A group of products: what a shop front shows as one product with variants. */
export class ProductGroup extends BaseModel<InferAttributes<ProductGroup>, InferCreationAttributes<ProductGroup>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare slug: string;
  declare description: CreationOptional<string | null>;
  declare categoryId: CreationOptional<string | null>;
  declare options: CreationOptional<readonly OptionAxis[]>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare category?: NonAttribute<Category | null>;
  declare images?: NonAttribute<ProductImage[]>;
  declare products?: NonAttribute<Product[]>;

  declare static associations: {
    category: Association<ProductGroup, Category>;
    images: Association<ProductGroup, ProductImage>;
    products: Association<ProductGroup, Product>;
  };
}

/** Registers the model on the connection. */
export function registerProductGroup(sequelize: Sequelize): void {
  ProductGroup.init(
    {
      id: idColumn(),
      name: { type: DataTypes.TEXT, allowNull: false },
      slug: { type: DataTypes.TEXT, allowNull: false },
      description: { type: DataTypes.TEXT, allowNull: true },
      categoryId: { type: DataTypes.UUID, allowNull: true },
      options: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'product_groups', modelName: 'ProductGroup', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateProductGroup(): void {
  ProductGroup.belongsTo(Category, { as: 'category', foreignKey: 'categoryId' });
  ProductGroup.hasMany(ProductImage, { as: 'images', foreignKey: 'groupId' });
  ProductGroup.hasMany(Product, { as: 'products', foreignKey: 'groupId' });
}
