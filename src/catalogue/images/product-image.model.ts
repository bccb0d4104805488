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
import { Product } from '../products/product.model';

/** An image of a product. */
export class ProductImage extends BaseModel<InferAttributes<ProductImage>, InferCreationAttributes<ProductImage>> {
  declare id: CreationOptional<string>;
  declare productId: string;
  declare url: string;
  declare altText: CreationOptional<string | null>;
  declare displayOrder: CreationOptional<number>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare product?: NonAttribute<Product>;

  declare static associations: {
    product: Association<ProductImage, Product>;
  };
}

/** Registers the model on the connection. */
export function registerProductImage(sequelize: Sequelize): void {
  ProductImage.init(
    {
      id: idColumn(),
      productId: { type: DataTypes.UUID, allowNull: false },
      url: { type: DataTypes.TEXT, allowNull: false },
      altText: { type: DataTypes.TEXT, allowNull: true },
      displayOrder: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
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
}
