import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';
import { secret } from '../../database/column-privacy';

/**
 * Declares the table of where attempts on an account's password come from, a row per address, session or (an empty key) all unknown
 * addresses together; `attempt.statement.ts` reads and writes it in SQL, and the tests hold the model against the schema.
 */
export class LoginSource extends BaseModel<InferAttributes<LoginSource>, InferCreationAttributes<LoginSource>> {
  declare id: CreationOptional<string>;
  declare accountKey: string;
  declare sourceKey: string;
  /** The attempts since the last success, counted before the password is compared. */
  declare failures: CreationOptional<number>;
  /** When the next attempt may be made. */
  declare freeAt: CreationOptional<Date>;
  /** Until when the address counts as known; null where the account never signed in from it. */
  declare knownUntil: CreationOptional<Date | null>;
  /** When the row no longer counts and may go: a day after the last attempt, or when the address is no longer known. */
  declare forgetAt: CreationOptional<Date>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerLoginSource(sequelize: Sequelize): void {
  LoginSource.init(
    {
      id: idColumn(),
      accountKey: secret({ type: DataTypes.TEXT, allowNull: false }),
      sourceKey: secret({ type: DataTypes.TEXT, allowNull: false }),
      failures: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      freeAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      knownUntil: { type: DataTypes.DATE, allowNull: true },
      forgetAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'login_sources', modelName: 'LoginSource' },
  );
}
