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
import { Product } from '../../catalogue';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import { personal } from '../../database/column-privacy';
import { Post } from '../posts/post.model';

/** A comment on a post, a product or a user. */
export class Comment extends BaseModel<InferAttributes<Comment>, InferCreationAttributes<Comment>> {
  declare id: CreationOptional<string>;
  declare commentableType: string;
  declare commentableId: string;
  declare onPostId: CreationOptional<string | null>;
  declare onProductId: CreationOptional<string | null>;
  declare onUserId: CreationOptional<string | null>;
  declare authorId: string;
  declare content: string;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare post?: NonAttribute<Post | null>;
  declare product?: NonAttribute<Product | null>;
  declare user?: NonAttribute<User | null>;
  declare author?: NonAttribute<User>;

  declare static associations: {
    post: Association<Comment, Post>;
    product: Association<Comment, Product>;
    user: Association<Comment, User>;
    author: Association<Comment, User>;
  };
}

/** Registers the model on the connection; PostgreSQL generates the id of each type from the polymorphic reference. */
export function registerComment(sequelize: Sequelize): void {
  Comment.init(
    {
      id: idColumn(),
      commentableType: { type: DataTypes.TEXT, allowNull: false },
      commentableId: { type: DataTypes.UUID, allowNull: false },
      onPostId: { type: DataTypes.UUID, allowNull: true },
      onProductId: { type: DataTypes.UUID, allowNull: true },
      onUserId: { type: DataTypes.UUID, allowNull: true },
      authorId: { type: DataTypes.UUID, allowNull: false },
      content: personal({ type: DataTypes.TEXT, allowNull: false }),
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'comments', modelName: 'Comment', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateComment(): void {
  Comment.belongsTo(Post, { as: 'post', foreignKey: 'onPostId' });
  Comment.belongsTo(Product, { as: 'product', foreignKey: 'onProductId' });
  Comment.belongsTo(User, { as: 'user', foreignKey: 'onUserId' });
  Comment.belongsTo(User, { as: 'author', foreignKey: 'authorId' });
}
