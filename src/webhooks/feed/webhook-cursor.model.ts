import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';

/** Where a webhook stands in the feed of events, under the webhook's id. */
export class WebhookCursor extends BaseModel<InferAttributes<WebhookCursor>, InferCreationAttributes<WebhookCursor>> {
  declare id: string;
  declare cursor: string;
  /** The position of its last delivery, a 64-bit number as text. */
  declare lastPosition: CreationOptional<string>;
  /** When the first of the attempts failed that have failed since the last delivery; null where the last one was delivered. */
  declare failingSince: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerWebhookCursor(sequelize: Sequelize): void {
  WebhookCursor.init(
    {
      id: idColumn(),
      cursor: { type: DataTypes.TEXT, allowNull: false },
      lastPosition: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 },
      failingSince: { type: DataTypes.DATE, allowNull: true },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'webhook_cursors', modelName: 'WebhookCursor', timestamps: false },
  );
}
