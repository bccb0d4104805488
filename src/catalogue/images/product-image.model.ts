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
import { ProductGroup } from '../groups/product-group.model';
import { Medium } from '../media/medium.model';
import { Product } from '../products/product.model';

/** An image of a product or a group. */
export class ProductImage extends BaseModel<InferAttributes<ProductImage>, InferCreationAttributes<ProductImage>> {
  declare id: CreationOptional<string>;
  declare productId: CreationOptional<string | null>;
  declare groupId: CreationOptional<string | null>;
  declare url: CreationOptional<string | null>;
  declare mediaId: CreationOptional<string | null>;
  declare altText: CreationOptional<string | null>;
  declare displayOrder: CreationOptional<number>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare product?: NonAttribute<Product | null>;
  declare group?: NonAttribute<ProductGroup | null>;
  declare medium?: NonAttribute<Medium | null>;

  declare static associations: {
    product: Association<ProductImage, Product>;
    group: Association<ProductImage, ProductGroup>;
    medium: Association<ProductImage, Medium>;
  };
}

/** Registers the model on the connection. */
export function registerProductImage(sequelize: Sequelize): void {
  ProductImage.init(
    {
      id: idColumn(),
      productId: { type: DataTypes.UUID, allowNull: true },
      groupId: { type: DataTypes.UUID, allowNull: true },
      url: { type: DataTypes.TEXT, allowNull: true },
      mediaId: { type: DataTypes.UUID, allowNull: true },
      altText: { type: DataTypes.TEXT, allowNull: true },
      displayOrder: positionColumn(),
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'product_images', modelName: 'ProductImage', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateProductImage(): void {
  ProductImage.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
  ProductImage.belongsTo(ProductGroup, { as: 'group', foreignKey: 'groupId' });
  ProductImage.belongsTo(Medium, { as: 'medium', foreignKey: 'mediaId' });
}
