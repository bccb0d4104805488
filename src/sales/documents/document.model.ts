import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';
import { personal } from '../../database/column-privacy';
import { Order } from '../orders/order.model';
import type { DocumentContent, DocumentKind } from './document.schemas';

/** What the shop wrote to a customer, which never changes. */
export class Document extends BaseModel<InferAttributes<Document>, InferCreationAttributes<Document>> {
  declare id: CreationOptional<string>;
  declare kind: DocumentKind;
  declare number: string;
  declare year: CreationOptional<number | null>;
  declare sequence: CreationOptional<number | null>;
  declare orderId: string;
  declare refundId: CreationOptional<string | null>;
  declare content: DocumentContent;
  declare issuedAt: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;

  declare static associations: {
    order: Association<Document, Order>;
  };
}

/** Registers the model on the connection. */
export function registerDocument(sequelize: Sequelize): void {
  Document.init(
    {
      id: idColumn(),
      kind: { type: DataTypes.TEXT, allowNull: false },
      number: { type: DataTypes.TEXT, allowNull: false },
      year: { type: DataTypes.INTEGER, allowNull: true },
      sequence: { type: DataTypes.INTEGER, allowNull: true },
      orderId: { type: DataTypes.UUID, allowNull: false },
      refundId: { type: DataTypes.UUID, allowNull: true },
      content: personal({ type: DataTypes.JSONB, allowNull: false }),
      issuedAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'documents', modelName: 'Document', timestamps: false },
  );
}

/** Associates the model, once every model is registered. */
export function associateDocument(): void {
  Document.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
}
