import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { User } from '../../accounts';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import { personal } from '../../database/column-privacy';
import { Product } from '../products/product.model';

/** What a customer says of a product. */
export class Review extends BaseModel<InferAttributes<Review>, InferCreationAttributes<Review>> {
  declare id: CreationOptional<string>;
  declare productId: string;
  declare authorId: string;
  declare rating: number;
  declare title: CreationOptional<string | null>;
  declare body: CreationOptional<string | null>;
  declare status: CreationOptional<string>;
  declare moderationReason: CreationOptional<string | null>;
  declare verifiedPurchase: CreationOptional<boolean>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare product?: NonAttribute<Product>;
  declare author?: NonAttribute<User>;

  declare static associations: {
    product: Association<Review, Product>;
    author: Association<Review, User>;
  };
}

/** Registers the model on the connection. */
export function registerReview(sequelize: Sequelize): void {
  Review.init(
    {
      id: idColumn(),
      productId: { type: DataTypes.UUID, allowNull: false },
      authorId: { type: DataTypes.UUID, allowNull: false },
      rating: { type: DataTypes.INTEGER, allowNull: false },
      title: personal({ type: DataTypes.TEXT, allowNull: true }),
      body: personal({ type: DataTypes.TEXT, allowNull: true }),
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'pending' },
      moderationReason: personal({ type: DataTypes.TEXT, allowNull: true }),
      verifiedPurchase: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'reviews', modelName: 'Review', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateReview(): void {
  Review.belongsTo(Product, { as: 'product', foreignKey: 'productId' });
  Review.belongsTo(User, { as: 'author', foreignKey: 'authorId' });
}
