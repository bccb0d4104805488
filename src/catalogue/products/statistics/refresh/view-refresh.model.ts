import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn } from '../../../../database/base-model';

/** When a materialised view was last computed. */
export class ViewRefresh extends BaseModel<InferAttributes<ViewRefresh>, InferCreationAttributes<ViewRefresh>> {
  declare id: CreationOptional<string>;
  declare viewName: string;
  declare refreshedAt: Date;
}

/** Registers the model on the connection. */
export function registerViewRefresh(sequelize: Sequelize): void {
  ViewRefresh.init(
    {
      id: idColumn(),
      viewName: { type: DataTypes.TEXT, allowNull: false },
      refreshedAt: { type: DataTypes.DATE, allowNull: false },
    },
    { sequelize, tableName: 'view_refreshes', modelName: 'ViewRefresh', timestamps: false },
  );
}
