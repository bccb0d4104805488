import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';

/** The views of a product on a day, in UTC. */
export class ProductView extends BaseModel<InferAttributes<ProductView>, InferCreationAttributes<ProductView>> {
  declare id: CreationOptional<string>;
  declare productId: string;
  declare day: string;
  declare viewCount: string;
  /** Those of them that are in the product's count already. */
  declare foldedCount: CreationOptional<string>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerProductView(sequelize: Sequelize): void {
  ProductView.init(
    {
      id: idColumn(),
      productId: { type: DataTypes.UUID, allowNull: false },
      day: { type: DataTypes.DATEONLY, allowNull: false },
      viewCount: { type: DataTypes.BIGINT, allowNull: false },
      foldedCount: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'product_views', modelName: 'ProductView' },
  );
}
