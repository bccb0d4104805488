import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../../database/base-model';
import type { Format } from '../../file/formats';

export type ImportStatus = 'uploading' | 'running' | 'done' | 'failed';

/** A row that was refused, or what else is wrong with the file. */
export interface ImportError {
  readonly line: number;
  /** The column; empty where it is the whole row. */
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** An import: where it stands, and what came of it. PostgreSQL's bigint arrives as text: `Number()` of a count is exact. */
export class Import extends BaseModel<InferAttributes<Import>, InferCreationAttributes<Import>> {
  declare id: CreationOptional<string>;
  declare resource: string;
  declare format: Format;
  declare mapping: CreationOptional<string | null>;
  /** The layout of another system's file. */
  declare layout: CreationOptional<string | null>;
  declare ignoredColumns: CreationOptional<readonly string[]>;
  declare header: CreationOptional<readonly string[]>;
  declare status: ImportStatus;
  declare fileBytes: CreationOptional<number>;
  declare fileSha256: CreationOptional<string | null>;
  /** How much of the file is done; an import continues there. */
  declare readBytes: CreationOptional<number>;
  /** The line that it continues with. */
  declare nextLine: CreationOptional<number>;
  declare isRead: CreationOptional<boolean>;
  declare created: CreationOptional<number>;
  declare updated: CreationOptional<number>;
  declare unchanged: CreationOptional<number>;
  declare failed: CreationOptional<number>;
  /** Rows that wait for one behind them. */
  declare deferred: CreationOptional<number>;
  /** The first ones. */
  declare errors: CreationOptional<readonly ImportError[]>;
  declare moreErrors: CreationOptional<number>;
  declare changeSetId: string;
  declare actorId: string | null;
  declare requestId: string;
  declare reason: string;
  /** While the file arrives; then the key is in the record of the reply. */
  declare idempotencyKey: CreationOptional<string | null>;
  declare finishedAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
}

/* Sequelize completes the object of each column, so none is shared. */
const count = () => ({ type: DataTypes.BIGINT, allowNull: false, defaultValue: 0 });
const text = () => ({ type: DataTypes.TEXT, allowNull: false });

/** Registers the model on the connection. */
export function registerImport(sequelize: Sequelize): void {
  Import.init(
    {
      id: idColumn(),
      resource: text(),
      format: text(),
      mapping: { type: DataTypes.TEXT, allowNull: true },
      layout: { type: DataTypes.TEXT, allowNull: true },
      ignoredColumns: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      header: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      status: text(),
      fileBytes: count(),
      fileSha256: { type: DataTypes.TEXT, allowNull: true },
      readBytes: count(),
      nextLine: { type: DataTypes.BIGINT, allowNull: false, defaultValue: 1 },
      isRead: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
      created: count(),
      updated: count(),
      unchanged: count(),
      failed: count(),
      deferred: count(),
      errors: { type: DataTypes.JSONB, allowNull: false, defaultValue: [] },
      moreErrors: count(),
      changeSetId: { type: DataTypes.UUID, allowNull: false },
      actorId: { type: DataTypes.UUID, allowNull: true },
      requestId: text(),
      reason: text(),
      idempotencyKey: { type: DataTypes.TEXT, allowNull: true },
      finishedAt: { type: DataTypes.DATE, allowNull: true },
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'imports', modelName: 'Import' },
  );
}
