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
import { personal } from '../../database/column-privacy';
import { User } from '../users/user.model';

/** The personal details of a user; created with the user. */
export class Profile extends BaseModel<InferAttributes<Profile>, InferCreationAttributes<Profile>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare displayName: CreationOptional<string | null>;
  declare bio: CreationOptional<string | null>;
  declare avatarUrl: CreationOptional<string | null>;
  declare phone: CreationOptional<string | null>;
  declare birthDate: CreationOptional<string | null>;
  declare address: CreationOptional<Record<string, unknown> | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;

  declare static associations: {
    user: Association<Profile, User>;
  };
}

/** Registers the model on the connection. */
export function registerProfile(sequelize: Sequelize): void {
  Profile.init(
    {
      id: idColumn(),
      userId: { type: DataTypes.UUID, allowNull: false },
      displayName: personal({ type: DataTypes.TEXT, allowNull: true }),
      bio: personal({ type: DataTypes.TEXT, allowNull: true }),
      avatarUrl: personal({ type: DataTypes.TEXT, allowNull: true }),
      phone: personal({ type: DataTypes.TEXT, allowNull: true }),
      birthDate: personal({ type: DataTypes.DATEONLY, allowNull: true }),
      address: personal({ type: DataTypes.JSONB, allowNull: true }),
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'profiles', modelName: 'Profile' },
  );
}

/** Associates the model, once every model is registered. */
export function associateProfile(): void {
  Profile.belongsTo(User, { as: 'user', foreignKey: 'userId' });
}
