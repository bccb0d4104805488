import {
  type Association,
  type CreationOptional,
  DataTypes,
  fn,
  type InferAttributes,
  type InferCreationAttributes,
  literal,
  type NonAttribute,
  Op,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';
import { secret } from '../../../database/column-privacy';
import { User } from '../../users/user.model';

/** A refresh token; the tokens of one session share a family. */
export class RefreshToken extends BaseModel<InferAttributes<RefreshToken>, InferCreationAttributes<RefreshToken>> {
  declare id: CreationOptional<string>;
  declare userId: string;
  declare tokenHash: string;
  declare familyId: string;
  declare expiresAt: Date;
  declare replacedBy: CreationOptional<string | null>;
  /** When it was replaced, by the database's clock. */
  declare rotatedAt: CreationOptional<Date | null>;
  declare revokedAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;

  declare user?: NonAttribute<User>;

  declare static associations: {
    user: Association<RefreshToken, User>;
  };
}

/** Registers the model on the connection. */
export function registerRefreshToken(sequelize: Sequelize): void {
  RefreshToken.init(
    {
      id: idColumn(),
      userId: { type: DataTypes.UUID, allowNull: false },
      tokenHash: secret({ type: DataTypes.TEXT, allowNull: false }),
      familyId: { type: DataTypes.UUID, allowNull: false },
      expiresAt: { type: DataTypes.DATE, allowNull: false },
      replacedBy: { type: DataTypes.UUID, allowNull: true },
      rotatedAt: { type: DataTypes.DATE, allowNull: true },
      revokedAt: { type: DataTypes.DATE, allowNull: true },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    {
      sequelize,
      tableName: 'refresh_tokens',
      modelName: 'RefreshToken',
      scopes: {
        /* Tokens that were replaced a moment ago, by PostgreSQL's clock. */
        unexpired: { where: { expiresAt: { [Op.gt]: fn('clock_timestamp') } } },
        justRotated: { where: { rotatedAt: { [Op.gt]: literal("clock_timestamp() - interval '10 seconds'") } } },
      },
    },
  );
}

/** Associates the model, once every model is registered. */
export function associateRefreshToken(): void {
  RefreshToken.belongsTo(User, { as: 'user', foreignKey: 'userId' });
}
