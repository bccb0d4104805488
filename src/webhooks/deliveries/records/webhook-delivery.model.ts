import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';

/** The delivery of an event to a webhook; its id is that of the message, the same at each attempt. */
export class WebhookDelivery extends BaseModel<InferAttributes<WebhookDelivery>, InferCreationAttributes<WebhookDelivery>> {
  declare id: CreationOptional<string>;
  declare webhookId: string;
  declare eventId: string;
  declare eventType: string;
  declare objectType: string;
  declare objectId: string;
  /** Orders the deliveries of one object; a 64-bit number as text. */
  declare position: string;
  declare status: CreationOptional<'pending' | 'delivered' | 'failed'>;
  declare dueAt: CreationOptional<Date>;
  declare claimId: CreationOptional<string | null>;
  declare attemptCount: CreationOptional<number>;
  /** The attempts since it was made, or sent again by hand. */
  declare retryCount: CreationOptional<number>;
  declare statusCode: CreationOptional<number | null>;
  declare lastError: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare finishedAt: CreationOptional<Date | null>;
}

/** Registers the model on the connection. */
export function registerWebhookDelivery(sequelize: Sequelize): void {
  WebhookDelivery.init(
    {
      id: idColumn(),
      webhookId: { type: DataTypes.UUID, allowNull: false },
      eventId: { type: DataTypes.TEXT, allowNull: false },
      eventType: { type: DataTypes.TEXT, allowNull: false },
      objectType: { type: DataTypes.TEXT, allowNull: false },
      objectId: { type: DataTypes.UUID, allowNull: false },
      position: { type: DataTypes.BIGINT, allowNull: false },
      status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'pending' },
      dueAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      claimId: { type: DataTypes.UUID, allowNull: true },
      attemptCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      retryCount: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 0 },
      statusCode: { type: DataTypes.INTEGER, allowNull: true },
      lastError: { type: DataTypes.TEXT, allowNull: true },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      finishedAt: { type: DataTypes.DATE, allowNull: true },
    },
    { sequelize, tableName: 'webhook_deliveries', modelName: 'WebhookDelivery', timestamps: false },
  );
}
