import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';

/** A tag of a product: a row of the join table. */
export class ProductTag extends BaseModel<InferAttributes<ProductTag>, InferCreationAttributes<ProductTag>> {
  declare id: CreationOptional<string>;
  declare productId: string;
  declare tagId: string;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerProductTag(sequelize: Sequelize): void {
  ProductTag.init(
    {
      id: idColumn(),
      productId: { type: DataTypes.UUID, allowNull: false },
      tagId: { type: DataTypes.UUID, allowNull: false },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'product_tags', modelName: 'ProductTag' },
  );
}
