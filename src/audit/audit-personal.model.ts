import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../database/base-model';

/** A personal value of an entry of the audit log, apart from it so that an erasure can delete it. */
export class AuditPersonal extends BaseModel<InferAttributes<AuditPersonal>, InferCreationAttributes<AuditPersonal>> {
  declare id: string;
  declare auditLogOccurredAt: Date;
  declare auditLogId: string;
  /** The person whose value it is. */
  declare userId: string | null;
  declare columnName: string;
  declare oldValue: unknown;
  declare newValue: unknown;
  /** The salt of the digests that the audit log keeps of both values. */
  declare salt: string;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerAuditPersonal(sequelize: Sequelize): void {
  AuditPersonal.init(
    {
      id: idColumn(),
      auditLogOccurredAt: { type: DataTypes.DATE, allowNull: false },
      auditLogId: { type: DataTypes.UUID, allowNull: false },
      userId: { type: DataTypes.UUID, allowNull: true },
      columnName: { type: DataTypes.TEXT, allowNull: false },
      oldValue: { type: DataTypes.JSONB, allowNull: true },
      newValue: { type: DataTypes.JSONB, allowNull: true },
      salt: { type: DataTypes.TEXT, allowNull: false },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'audit_personal', modelName: 'AuditPersonal', timestamps: false },
  );
}
