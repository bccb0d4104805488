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
import { UserRole } from '../user-roles/user-role.model';
import { User } from '../users/user.model';
import { Permission } from './permissions/permission.model';

/** A named set of permissions. */
export class Role extends BaseModel<InferAttributes<Role>, InferCreationAttributes<Role>> {
  declare id: CreationOptional<string>;
  declare name: string;
  declare description: CreationOptional<string | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;

  declare users?: NonAttribute<User[]>;
  declare permissions?: NonAttribute<Permission[]>;

  declare static associations: {
    users: Association<Role, User>;
    permissions: Association<Role, Permission>;
  };
}

/** Registers the model on the connection. */
export function registerRole(sequelize: Sequelize): void {
  Role.init(
    {
      id: idColumn(),
      name: { type: DataTypes.TEXT, allowNull: false },
      description: { type: DataTypes.TEXT, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'roles', modelName: 'Role', paranoid: true },
  );
}

/** Associates the model, once every model is registered. */
export function associateRole(): void {
  Role.belongsToMany(User, { as: 'users', through: UserRole, foreignKey: 'roleId', otherKey: 'userId' });
  Role.hasMany(Permission, { as: 'permissions', foreignKey: 'roleId' });
}
