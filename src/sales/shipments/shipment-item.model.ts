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
import { OrderItem } from '../orders/order-item.model';
import { Shipment } from './shipment.model';

/** The pieces of a line in a shipment; it is written once. */
export class ShipmentItem extends BaseModel<InferAttributes<ShipmentItem>, InferCreationAttributes<ShipmentItem>> {
  declare id: CreationOptional<string>;
  declare shipmentId: string;
  declare orderItemId: string;
  declare quantity: number;
  declare createdAt: CreationOptional<Date>;
  declare shipment?: NonAttribute<Shipment>;
  declare orderItem?: NonAttribute<OrderItem>;

  declare static associations: {
    shipment: Association<ShipmentItem, Shipment>;
    orderItem: Association<ShipmentItem, OrderItem>;
  };
}

/** Registers the model on the connection. */
export function registerShipmentItem(sequelize: Sequelize): void {
  ShipmentItem.init(
    {
      id: idColumn(),
      shipmentId: { type: DataTypes.UUID, allowNull: false },
      orderItemId: { type: DataTypes.UUID, allowNull: false },
      quantity: { type: DataTypes.INTEGER, allowNull: false },
      createdAt: DataTypes.DATE,
    },
    { sequelize, tableName: 'shipment_items', modelName: 'ShipmentItem', updatedAt: false },
  );
}

/** Associates the model, once every model is registered. */
export function associateShipmentItem(): void {
  ShipmentItem.belongsTo(Shipment, { as: 'shipment', foreignKey: 'shipmentId' });
  ShipmentItem.belongsTo(OrderItem, { as: 'orderItem', foreignKey: 'orderItemId' });
}
