import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';

/** One attempt of a delivery. */
export class WebhookAttempt extends BaseModel<InferAttributes<WebhookAttempt>, InferCreationAttributes<WebhookAttempt>> {
  declare id: CreationOptional<string>;
  declare deliveryId: string;
  declare number: number;
  declare error: CreationOptional<string | null>;
  declare message: CreationOptional<string | null>;
  declare statusCode: CreationOptional<number | null>;
  declare durationMs: number;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerWebhookAttempt(sequelize: Sequelize): void {
  WebhookAttempt.init(
    {
      id: idColumn(),
      deliveryId: { type: DataTypes.UUID, allowNull: false },
      number: { type: DataTypes.INTEGER, allowNull: false },
      error: { type: DataTypes.TEXT, allowNull: true },
      message: { type: DataTypes.TEXT, allowNull: true },
      statusCode: { type: DataTypes.INTEGER, allowNull: true },
      durationMs: { type: DataTypes.INTEGER, allowNull: false },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'webhook_attempts', modelName: 'WebhookAttempt', timestamps: false },
  );
}
