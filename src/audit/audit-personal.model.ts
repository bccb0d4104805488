import { DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../database/base-model';

/** The personal values of an entry of the audit log, apart from it so that an erasure can delete them. */
export class AuditPersonal extends BaseModel<InferAttributes<AuditPersonal>, InferCreationAttributes<AuditPersonal>> {
  declare id: string;
  declare auditLogId: string;
  declare occurredAt: Date;
  declare userId: string | null;
  declare oldValues: Record<string, unknown> | null;
  declare newValues: Record<string, unknown> | null;
  declare salt: string;
}

/** Registers the model on the connection. */
export function registerAuditPersonal(sequelize: Sequelize): void {
  AuditPersonal.init(
    {
      id: idColumn(),
      auditLogId: { type: DataTypes.UUID, allowNull: false },
      occurredAt: { type: DataTypes.DATE, allowNull: false },
      userId: { type: DataTypes.UUID, allowNull: true },
      oldValues: { type: DataTypes.JSONB, allowNull: true },
      newValues: { type: DataTypes.JSONB, allowNull: true },
      salt: { type: DataTypes.TEXT, allowNull: false },
    },
    { sequelize, tableName: 'audit_personal', modelName: 'AuditPersonal', timestamps: false },
  );
}
