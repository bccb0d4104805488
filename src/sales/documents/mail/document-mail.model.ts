import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../database/base-model';

/** The mail of a document. */
export class DocumentMail extends BaseModel<InferAttributes<DocumentMail>, InferCreationAttributes<DocumentMail>> {
  declare id: CreationOptional<string>;
  declare documentId: string;
  /** Null until the mail server has it. */
  declare sentAt: CreationOptional<Date | null>;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerDocumentMail(sequelize: Sequelize): void {
  DocumentMail.init(
    {
      id: idColumn(),
      documentId: { type: DataTypes.UUID, allowNull: false },
      sentAt: { type: DataTypes.DATE, allowNull: true },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'document_mails', modelName: 'DocumentMail', timestamps: false },
  );
}
