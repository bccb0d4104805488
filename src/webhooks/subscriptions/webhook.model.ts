import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import { secret } from '../../database/column-privacy';

/** A webhook: a URL that the events of its types are sent to. */
export class Webhook extends BaseModel<InferAttributes<Webhook>, InferCreationAttributes<Webhook>> {
  declare id: CreationOptional<string>;
  declare url: string;
  declare description: CreationOptional<string>;
  declare eventTypes: readonly string[];
  declare status: CreationOptional<'active' | 'paused'>;
  declare pausedReason: CreationOptional<string | null>;
  declare pausedAt: CreationOptional<Date | null>;
  /** Encrypted. */
  declare secret: string;
  /** Encrypted; signs, too, until the overlap ends. */
  declare previousSecret: CreationOptional<string | null>;
  declare overlapEndsAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
}

/** Registers the model on the connection. */
export function registerWebhook(sequelize: Sequelize): void {
  Webhook.init(
    {
      id: idColumn(),
      url: { type: DataTypes.TEXT, allowNull: false },
      description: { type: DataTypes.TEXT, allowNull: false, defaultValue: '' },
      eventTypes: { type: DataTypes.JSONB, allowNull: false },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'active' },
      pausedReason: { type: DataTypes.TEXT, allowNull: true },
      pausedAt: { type: DataTypes.DATE, allowNull: true },
      secret: secret({ type: DataTypes.TEXT, allowNull: false }),
      previousSecret: secret({ type: DataTypes.TEXT, allowNull: true }),
      overlapEndsAt: { type: DataTypes.DATE, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'webhooks', modelName: 'Webhook', paranoid: true },
  );
}
