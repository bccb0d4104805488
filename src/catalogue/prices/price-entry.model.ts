import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, moneyColumn } from '../../database/base-model';
import { Product } from '../products/product.model';

/** An entry of the timeline of prices: what was in force never changes, and triggers keep the price of its product. */
export class PriceEntry extends BaseModel<InferAttributes<PriceEntry>, InferCreationAttributes<PriceEntry>> {
  declare id: CreationOptional<string>;
  declare productId: string;
  declare kind: 'regular' | 'sale';
  declare currency: string;
  declare amount: string;
  declare validFrom: Date;
  declare validTo: CreationOptional<Date | null>;
  declare setBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare product?: NonAttribute<Product>;

  declare static associations: {
    product: Association<PriceEntry, Product>;
  };
}

/** Registers the model on the connection. */
export function registerPriceEntry(sequelize: Sequelize): void {
  PriceEntry.init(
    {
      id: idColumn(),
      productId: { type: DataTypes.UUID, allowNull: false },
      kind: { type: DataTypes.TEXT, allowNull: false },
      currency: { type: DataTypes.TEXT, allowNull: false },
      amount: moneyColumn(),
      validFrom: { type: DataTypes.DATE, allowNull: false },
      validTo: { type: DataTypes.DATE, allowNull: true },
      setBy: { type: DataTypes.UUID, allowNull: true },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'price_entries', modelName: 'PriceEntry', timestamps: false },
  );
}

/** Associates the model, once every model is registered. */
export function associatePriceEntry(): void {
  PriceEntry.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
}
