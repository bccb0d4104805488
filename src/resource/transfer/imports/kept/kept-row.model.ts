import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../../database/base-model';
import { personal } from '../../../../database/column-privacy';

/** A row of an import that waits for one behind it, or that was refused. */
export class KeptRow extends BaseModel<InferAttributes<KeptRow>, InferCreationAttributes<KeptRow>> {
  declare id: CreationOptional<string>;
  declare importId: string;
  declare line: number;
  declare status: 'deferred' | 'failed';
  /** Its cells in CSV, its text in lines of JSON. */
  declare raw: readonly string[] | string;
  /** The key of the object that it waits for. */
  declare waitsFor: CreationOptional<string | null>;
  /** Why it was refused. */
  declare problem: CreationOptional<string>;
}

/** Registers the model on the connection. */
export function registerKeptRow(sequelize: Sequelize): void {
  KeptRow.init(
    {
      id: idColumn(),
      importId: { type: DataTypes.UUID, allowNull: false },
      line: { type: DataTypes.BIGINT, allowNull: false },
      status: { type: DataTypes.TEXT, allowNull: false },
      raw: personal({ type: DataTypes.JSONB, allowNull: false }),
      waitsFor: { type: DataTypes.TEXT, allowNull: true },
      problem: personal({ type: DataTypes.TEXT, allowNull: false, defaultValue: '' }),
    },
    { sequelize, tableName: 'import_rows', modelName: 'KeptRow', timestamps: false },
  );
}
