import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';

/** The last number of a kind of document in a year; a trigger of documents moves it. */
export class DocumentNumber extends BaseModel<InferAttributes<DocumentNumber>, InferCreationAttributes<DocumentNumber>> {
  declare id: CreationOptional<string>;
  declare kind: string;
  declare year: number;
  declare last: number;
}

/** Registers the model on the connection. */
export function registerDocumentNumber(sequelize: Sequelize): void {
  DocumentNumber.init(
    {
      id: idColumn(),
      kind: { type: DataTypes.TEXT, allowNull: false },
      year: { type: DataTypes.INTEGER, allowNull: false },
      last: { type: DataTypes.INTEGER, allowNull: false },
    },
    { sequelize, tableName: 'document_numbers', modelName: 'DocumentNumber', timestamps: false },
  );
}
