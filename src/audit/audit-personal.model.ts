import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../database/base-model';
import { personal, secret } from '../database/column-privacy';

/** The personal values of an entry of the audit log, apart from it so that an erasure can delete them. */
export class AuditPersonal extends BaseModel<InferAttributes<AuditPersonal>, InferCreationAttributes<AuditPersonal>> {
  declare id: string;
  declare auditLogOccurredAt: Date;
  declare auditLogId: string;
  /** The person whose values they are. */
  declare userId: string | null;
  /** The personal values before and after the change, by column. */
  declare oldValues: Readonly<Record<string, unknown>> | null;
  declare newValues: Readonly<Record<string, unknown>> | null;
  /** The salt of the digests that the audit log keeps of the values. */
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
      oldValues: personal({ type: DataTypes.JSONB, allowNull: true }),
      newValues: personal({ type: DataTypes.JSONB, allowNull: true }),
      salt: secret({ type: DataTypes.TEXT, allowNull: false }),
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'audit_personal', modelName: 'AuditPersonal', timestamps: false },
  );
}
