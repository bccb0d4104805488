import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, moneyColumn, stampColumns } from '../../database/base-model';
import { Category } from '../categories/category.model';
import { ProductGroup } from '../groups/product-group.model';
import { ProductImage } from '../images/product-image.model';
import { ProductTag } from '../tags/product-tag.model';
import { Tag } from '../tags/tag.model';
import type { ProductSafety } from './safety/product-safety.schemas';

/** A product: what the shop sells. */
export class Product extends BaseModel<InferAttributes<Product>, InferCreationAttributes<Product>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare slug: string;
  declare sku: string;
  declare gtin: CreationOptional<string | null>;
  declare brand: CreationOptional<string | null>;
  declare model: CreationOptional<string | null>;
  declare description: CreationOptional<string | null>;
  declare price: string;
  declare currency: CreationOptional<string>;
  declare regularPrice: CreationOptional<string | null>;
  declare priorPrice: CreationOptional<string | null>;
  declare onSaleUntil: CreationOptional<Date | null>;
  declare priceChangesAt: CreationOptional<Date | null>;
  declare taxClass: CreationOptional<string>;
  declare weightGrams: CreationOptional<number | null>;
  declare stockQuantity: CreationOptional<number>;
  declare inStock: CreationOptional<boolean>;
  declare status: CreationOptional<string>;
  declare featured: CreationOptional<boolean>;
  declare viewCount: CreationOptional<string>;
  /** How much it was viewed and bought lately, for the sort of that name. */
  declare popularity: CreationOptional<number>;
  declare rating: CreationOptional<string>;
  declare reviewCount: CreationOptional<number>;
  declare categoryId: CreationOptional<string | null>;
  declare groupId: CreationOptional<string | null>;
  declare optionValues: CreationOptional<Readonly<Record<string, string>>>;
  declare imageUrl: CreationOptional<string | null>;
  declare attributes: CreationOptional<Record<string, unknown>>;
  declare productSafety: CreationOptional<ProductSafety | null>;
  declare version: CreationOptional<number>;
  declare editedVersion: CreationOptional<number | null>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
  declare deletedWith: CreationOptional<string | null>;

  declare category?: NonAttribute<Category | null>;
  declare group?: NonAttribute<ProductGroup | null>;
  declare images?: NonAttribute<ProductImage[]>;
  declare tags?: NonAttribute<Tag[]>;

  declare static associations: {
    category: Association<Product, Category>;
    group: Association<Product, ProductGroup>;
    images: Association<Product, ProductImage>;
    tags: Association<Product, Tag>;
  };
}

/** Registers the model on the connection. */
export function registerProduct(sequelize: Sequelize): void {
  Product.init(
    {
      id: idColumn(),
      name: { type: DataTypes.TEXT, allowNull: false },
      slug: { type: DataTypes.TEXT, allowNull: false },
      sku: { type: DataTypes.TEXT, allowNull: false },
      gtin: { type: DataTypes.TEXT, allowNull: true },
      brand: { type: DataTypes.TEXT, allowNull: true },
      model: { type: DataTypes.TEXT, allowNull: true },
      description: { type: DataTypes.TEXT, allowNull: true },
      price: moneyColumn(),
      currency: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'USD' },
      regularPrice: moneyColumn({ allowNull: true }),
      priorPrice: moneyColumn({ allowNull: true }),
      onSaleUntil: { type: DataTypes.DATE, allowNull: true },
      priceChangesAt: { type: DataTypes.DATE, allowNull: true },
      taxClass: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'standard' },
      weightGrams: { type: DataTypes.INTEGER, allowNull: true },
      stockQuantity: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      inStock: { type: DataTypes.BOOLEAN, allowNull: true },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'draft' },
      featured: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      viewCount: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 },
      popularity: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      rating: { type: DataTypes.DECIMAL(3, 2), allowNull: false, defaultValue: 0 },
      reviewCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      categoryId: { type: DataTypes.UUID, allowNull: true },
      groupId: { type: DataTypes.UUID, allowNull: true },
      optionValues: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      imageUrl: { type: DataTypes.TEXT, allowNull: true },
      attributes: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
      productSafety: { type: DataTypes.JSONB, allowNull: true },
      ...stampColumns,
      editedVersion: { type: DataTypes.INTEGER, allowNull: true },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
      deletedWith: { type: DataTypes.UUID, allowNull: true },
    },
    { sequelize, tableName: 'products', modelName: 'Product', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateProduct(): void {
  Product.belongsTo(Category, { as: 'category', foreignKey: 'categoryId' });
  Product.belongsTo(ProductGroup, { as: 'group', foreignKey: 'groupId' });
  Product.hasMany(ProductImage, { as: 'images', foreignKey: 'productId' });
  Product.belongsToMany(Tag, { as: 'tags', through: ProductTag, foreignKey: 'productId', otherKey: 'tagId' });
}
