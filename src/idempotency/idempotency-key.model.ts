import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, literal, type Sequelize } from 'sequelize';
import { BaseModel } from '../database/base-model';
import { personal, secret } from '../database/column-privacy';

/**
 * Declares the table of the replies to requests with an Idempotency-Key; `stored-reply.ts` reads and writes it in SQL, and the tests hold
 * the model against the schema.
 */
export class IdempotencyKey extends BaseModel<InferAttributes<IdempotencyKey>, InferCreationAttributes<IdempotencyKey>> {
  /** A digest of the key and its owner. */
  declare id: string;
  /** The owner; null for a request that nobody was signed in for. */
  declare userId: string | null;
  declare requestHash: Buffer;
  declare status: number;
  declare headers: Readonly<Record<string, string>>;
  declare body: Buffer | null;
  declare isEncrypted: CreationOptional<boolean>;
  declare createdAt: CreationOptional<Date>;
  /** From when the record may go. */
  declare expiresAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerIdempotencyKey(sequelize: Sequelize): void {
  IdempotencyKey.init(
    {
      id: { type: DataTypes.UUID, primaryKey: true, allowNull: false },
      userId: { type: DataTypes.UUID, allowNull: true },
      requestHash: secret({ type: DataTypes.BLOB, allowNull: false }),
      status: { type: DataTypes.SMALLINT, allowNull: false },
      headers: { type: DataTypes.JSONB, allowNull: false },
      body: personal({ type: DataTypes.BLOB, allowNull: true }),
      isEncrypted: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
      expiresAt: { type: DataTypes.DATE, allowNull: false, defaultValue: literal("clock_timestamp() + interval '48 hours'") },
    },
    { sequelize, tableName: 'idempotency_keys', modelName: 'IdempotencyKey', timestamps: false },
  );
}
