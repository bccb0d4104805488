import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../database/base-model';

/** Where a queue that events feed stands in the feed. */
export class EventReader extends BaseModel<InferAttributes<EventReader>, InferCreationAttributes<EventReader>> {
  declare id: CreationOptional<string>;
  /** The name of the queue. */
  declare name: string;
  declare cursor: string;
  declare createdAt: CreationOptional<Date>;
}

/** Registers the model on the connection. */
export function registerEventReader(sequelize: Sequelize): void {
  EventReader.init(
    {
      id: idColumn(),
      name: { type: DataTypes.TEXT, allowNull: false },
      cursor: { type: DataTypes.TEXT, allowNull: false },
      createdAt: { type: DataTypes.DATE, allowNull: false, defaultValue: DataTypes.NOW },
    },
    { sequelize, tableName: 'event_readers', modelName: 'EventReader', timestamps: false },
  );
}
