import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';

/** A picture of a product. */
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
}

/** Registers the table of a picture of a product. */
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
