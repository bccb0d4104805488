import {
  type Association,
  type CreationOptional,
  DataTypes,
  fn,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  Op,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';
import { Role } from '../roles/role.model';
import { User } from '../users/user.model';

/** The assignment of a role to a user, permanent or until it expires. */
export class UserRole extends BaseModel<InferAttributes<UserRole>, InferCreationAttributes<UserRole>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare roleId: string;
  declare assignedBy: CreationOptional<string | null>;
  declare assignedAt: CreationOptional<Date>;
  declare expiresAt: CreationOptional<Date | null>;
  declare isActive: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;
  declare role?: NonAttribute<Role>;

  declare static associations: {
    user: Association<UserRole, User>;
    role: Association<UserRole, Role>;
  };
}

/** Registers the model on the connection. */
export function registerUserRole(sequelize: Sequelize): void {
  UserRole.init(
    {
      id: idColumn(),
      userId: { type: DataTypes.UUID, allowNull: false },
      roleId: { type: DataTypes.UUID, allowNull: false },
      assignedBy: { type: DataTypes.UUID, allowNull: true },
      assignedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: fn('clock_timestamp') },
      expiresAt: { type: DataTypes.DATE, allowNull: true },
      isActive: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    {
      sequelize,
      tableName: 'user_roles',
      modelName: 'UserRole',
      scopes: {
        /* Assignments that are active and not expired, by PostgreSQL's clock. */
        current: { where: { isActive: true, expiresAt: { [Op.or]: [null, { [Op.gt]: fn('now') }] } } },
      },
    },
  );
}

/** Associates the model, once every model is registered. */
export function associateUserRole(): void {
  UserRole.belongsTo(User, { as: 'user', foreignKey: 'userId' });
  UserRole.belongsTo(Role, { as: 'role', foreignKey: 'roleId' });
}
