import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import type { Permission as Grant } from '../../../context/permission';
import { BaseModel, idColumn } from '../../../database/base-model';
import { Role } from '../role.model';

/** One thing that a role allows: an action on a resource. */
export class Permission extends BaseModel<InferAttributes<Permission>, InferCreationAttributes<Permission>> {
  declare id: CreationOptional<string>;
  declare roleId: string;
  declare resource: string;
  declare action: string;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare role?: NonAttribute<Role>;

  declare static associations: {
    role: Association<Permission, Role>;
  };

  /** Returns the permission as text, such as `orders:ship`. */
  get grant(): NonAttribute<Grant> {
    return `${this.resource}:${this.action}` as Grant;
  }
}

/** Registers the model on the connection. */
export function registerPermission(sequelize: Sequelize): void {
  Permission.init(
    {
      id: idColumn(),
      roleId: { type: DataTypes.UUID, allowNull: false },
      resource: { type: DataTypes.TEXT, allowNull: false },
      action: { type: DataTypes.TEXT, allowNull: false },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'permissions', modelName: 'Permission' },
  );
}

/** Associates the model, once every model is registered. */
export function associatePermission(): void {
  Permission.belongsTo(Role, { as: 'role', foreignKey: 'roleId' });
}
