import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../../database/base-model';
import { personal } from '../../../../database/column-privacy';

/** A part of the file of an import, compressed with gzip by itself. */
export class ImportChunk extends BaseModel<InferAttributes<ImportChunk>, InferCreationAttributes<ImportChunk>> {
  declare id: CreationOptional<string>;
  declare importId: string;
  /** The byte of the file that it begins with. */
  declare startsAt: number;
  declare bytes: Buffer;
}

/** Registers the model on the connection. */
export function registerImportChunk(sequelize: Sequelize): void {
  ImportChunk.init(
    {
      id: idColumn(),
      importId: { type: DataTypes.UUID, allowNull: false },
      startsAt: { type: DataTypes.BIGINT, allowNull: false },
      bytes: personal({ type: DataTypes.BLOB, allowNull: false }),
    },
    { sequelize, tableName: 'import_chunks', modelName: 'ImportChunk', timestamps: false },
  );
}
