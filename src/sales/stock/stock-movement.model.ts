import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { Product } from '../../catalogue';
import { BaseModel, idColumn } from '../../database/base-model';

/** An entry of the stock ledger, which triggers write and nothing changes. */
export class StockMovement extends BaseModel<InferAttributes<StockMovement>, InferCreationAttributes<StockMovement>> {
  declare id: CreationOptional<string>;
  declare productId: string;
  declare delta: number;
  declare reason: string;
  declare orderId: CreationOptional<string | null>;
  declare refundId: CreationOptional<string | null>;
  declare quantityAfter: number;
  declare note: CreationOptional<string | null>;
  declare actorId: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare product?: NonAttribute<Product>;

  declare static associations: {
    product: Association<StockMovement, Product>;
  };
}

/** Registers the model on the connection. */
export function registerStockMovement(sequelize: Sequelize): void {
  StockMovement.init(
    {
      id: idColumn(),
      productId: { type: DataTypes.UUID, allowNull: false },
      delta: { type: DataTypes.INTEGER, allowNull: false },
      reason: { type: DataTypes.TEXT, allowNull: false },
      orderId: { type: DataTypes.UUID, allowNull: true },
      refundId: { type: DataTypes.UUID, allowNull: true },
      quantityAfter: { type: DataTypes.INTEGER, allowNull: false },
      note: { type: DataTypes.TEXT, allowNull: true },
      actorId: { type: DataTypes.UUID, allowNull: true },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'stock_movements', modelName: 'StockMovement', timestamps: false },
  );
}

/** Associates the model, once every model is registered. */
export function associateStockMovement(): void {
  StockMovement.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
}
