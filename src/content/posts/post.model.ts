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

/** A post of the shop: news, a guide, a story. */
export class Post extends BaseModel<InferAttributes<Post>, InferCreationAttributes<Post>> {
  declare id: CreationOptional<string>;
  declare title: string;
  declare slug: string;
  declare body: CreationOptional<string>;
  declare status: CreationOptional<string>;
  declare publishedAt: CreationOptional<Date | null>;
  declare isPublic: CreationOptional<boolean>;
  declare authorId: CreationOptional<string | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare author?: NonAttribute<User | null>;

  declare static associations: {
    author: Association<Post, User>;
  };
}

/** Registers the model on the connection. */
export function registerPost(sequelize: Sequelize): void {
  Post.init(
    {
      id: idColumn(),
      title: { type: DataTypes.TEXT, allowNull: false },
      slug: { type: DataTypes.TEXT, allowNull: false },
      body: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'draft' },
      publishedAt: { type: DataTypes.DATE, allowNull: true },
      isPublic: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      authorId: { type: DataTypes.UUID, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'posts', modelName: 'Post', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associatePost(): void {
  Post.belongsTo(User, { as: 'author', foreignKey: 'authorId' });
}
