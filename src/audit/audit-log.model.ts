import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../database/base-model';

/** An entry of the audit log; triggers insert it, and nothing changes it. */
export class AuditLog extends BaseModel<InferAttributes<AuditLog>, InferCreationAttributes<AuditLog>> {
  declare id: CreationOptional<string>;
  /** The unit of work that made the change. */
  declare changeSetId: string;
  /** The database's transaction id, a 64-bit number as text. */
  declare xactId: CreationOptional<string>;
  /** Where the change is in the feed of events, a 64-bit number as text. */
  declare feedPosition: CreationOptional<string>;
  declare tableName: string;
  declare recordId: string;
  declare action: string;
  declare oldValues: CreationOptional<Record<string, unknown> | null>;
  declare newValues: CreationOptional<Record<string, unknown> | null>;
  declare actorId: CreationOptional<string | null>;
  declare actor: string;
  declare requestId: CreationOptional<string | null>;
  declare ip: CreationOptional<string | null>;
  declare userAgent: CreationOptional<string | null>;
  declare reason: CreationOptional<string | null>;
  declare occurredAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerAuditLog(sequelize: Sequelize): void {
  AuditLog.init(
    {
      id: idColumn(),
      changeSetId: { type: DataTypes.UUID, allowNull: false },
      xactId: { type: 'xid8', allowNull: false, defaultValue: sequelize.literal('pg_current_xact_id()') },
      feedPosition: { type: DataTypes.BIGINT, allowNull: false, defaultValue: sequelize.literal('feed_position()') },
      tableName: { type: DataTypes.TEXT, allowNull: false },
      recordId: { type: DataTypes.UUID, allowNull: false },
      action: { type: DataTypes.TEXT, allowNull: false },
      oldValues: { type: DataTypes.JSONB, allowNull: true },
      newValues: { type: DataTypes.JSONB, allowNull: true },
      actorId: { type: DataTypes.UUID, allowNull: true },
      actor: { type: DataTypes.TEXT, allowNull: false },
      requestId: { type: DataTypes.TEXT, allowNull: true },
      ip: { type: DataTypes.TEXT, allowNull: true },
      userAgent: { type: DataTypes.TEXT, allowNull: true },
      reason: { type: DataTypes.TEXT, allowNull: true },
      occurredAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'audit_logs', modelName: 'AuditLog', timestamps: false },
  );
}
