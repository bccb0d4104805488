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
import { ProductTag } from './product-tag.model';

/** A tag of products. */
export class Tag extends BaseModel<InferAttributes<Tag>, InferCreationAttributes<Tag>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare slug: string;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare products?: NonAttribute<Product[]>;

  declare static associations: {
    products: Association<Tag, Product>;
  };
}

/** Registers the model on the connection. */
export function registerTag(sequelize: Sequelize): void {
  Tag.init(
    {
      id: idColumn(),
      name: { type: DataTypes.TEXT, allowNull: false },
      slug: { type: DataTypes.TEXT, allowNull: false },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'tags', modelName: 'Tag', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateTag(): void {
  Tag.belongsToMany(Product, { as: 'products', through: ProductTag, foreignKey: 'tagId', otherKey: 'productId' });
}
