import {
  type Association,
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
  type Sequelize,
} from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';
import { Order } from '../orders/order.model';
import { ShipmentItem } from './shipment-item.model';

/** A parcel, or several, with pieces of an order. */
export class Shipment extends BaseModel<InferAttributes<Shipment>, InferCreationAttributes<Shipment>> {
  declare id: CreationOptional<string>;
  declare orderId: string;
  declare carrier: CreationOptional<string | null>;
  declare trackingNumber: CreationOptional<string | null>;
  declare shippedAt: Date;
  declare deliveredAt: CreationOptional<Date | null>;
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare order?: NonAttribute<Order>;
  declare items?: NonAttribute<ShipmentItem[]>;

  declare static associations: {
    order: Association<Shipment, Order>;
    items: Association<Shipment, ShipmentItem>;
  };
}

/** Registers the model on the connection. */
export function registerShipment(sequelize: Sequelize): void {
  Shipment.init(
    {
      id: idColumn(),
      orderId: { type: DataTypes.UUID, allowNull: false },
      carrier: { type: DataTypes.TEXT, allowNull: true },
      trackingNumber: { type: DataTypes.TEXT, allowNull: true },
      shippedAt: { type: DataTypes.DATE, allowNull: false },
      deliveredAt: { type: DataTypes.DATE, allowNull: true },
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'shipments', modelName: 'Shipment' },
  );
}

/** Associates the model, once every model is registered. */
export function associateShipment(): void {
  Shipment.belongsTo(Order, { as: 'order', foreignKey: 'orderId' });
  Shipment.hasMany(ShipmentItem, { as: 'items', foreignKey: 'shipmentId' });
}
