import {
  type Association,
  type CreationOptional,
  col,
  DataTypes,
  fn,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  Op,
  type Sequelize,
  where,
} from 'sequelize';
import { BaseModel, idColumn, moneyColumn, stampColumns } from '../../database/base-model';
import { personal, secret } from '../../database/column-privacy';
import { Profile } from '../profiles/profile.model';
import { Role } from '../roles/role.model';
import { RefreshToken } from '../sessions/tokens/refresh-token.model';
import { UserRole } from '../user-roles/user-role.model';

/** A person who signs in, buys, or works for the shop. */
export class User extends BaseModel<InferAttributes<User>, InferCreationAttributes<User>> {
  declare id: CreationOptional<string>;
  declare email: string;
  declare username: string;
  declare passwordHash: CreationOptional<string | null>;
  declare firstName: string;
  declare lastName: string;
  declare isActive: CreationOptional<boolean>;
  declare emailVerified: CreationOptional<boolean>;
  declare lastLoginAt: CreationOptional<Date | null>;
  declare balance: CreationOptional<string>;
  declare currency: CreationOptional<string>;
  declare version: CreationOptional<number>;
  declare editedVersion: CreationOptional<number | null>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare profile?: NonAttribute<Profile>;
  declare roles?: NonAttribute<Role[]>;
  declare refreshTokens?: NonAttribute<RefreshToken[]>;

  declare static associations: {
    profile: Association<User, Profile>;
    roles: Association<User, Role>;
    refreshTokens: Association<User, RefreshToken>;
  };
}

/** Registers the model on the connection. */
export function registerUser(sequelize: Sequelize): void {
  User.init(
    {
      id: idColumn(),
      email: personal({ type: DataTypes.TEXT, allowNull: false }),
      username: personal({ type: DataTypes.TEXT, allowNull: false }),
      passwordHash: secret({ type: DataTypes.TEXT, allowNull: true }),
      firstName: personal({ type: DataTypes.TEXT, allowNull: false }),
      lastName: personal({ type: DataTypes.TEXT, allowNull: false }),
      isActive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      emailVerified: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      lastLoginAt: { type: DataTypes.DATE, allowNull: true },
      balance: moneyColumn({ defaultValue: '0.00' }),
      currency: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'USD' },
      ...stampColumns,
      editedVersion: { type: DataTypes.INTEGER, allowNull: true },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'users', modelName: 'User', paranoid: true, scopes: { active: { where: { isActive: true } } } },
  );
}

/** Associates the model, once every model is registered. */
export function associateUser(): void {
  User.hasOne(Profile, { as: 'profile', foreignKey: 'userId' });
  User.belongsToMany(Role, { as: 'roles', through: UserRole, foreignKey: 'userId', otherKey: 'roleId' });
  User.hasMany(RefreshToken, { as: 'refreshTokens', foreignKey: 'userId' });
}

/** Returns the condition on an email, case-insensitive as its unique index. */
export function withEmail(email: string) {
  return { [Op.and]: where(fn('lower', col('email')), fn('lower', email)) };
}
