import { DataTypes, Model, type ModelAttributeColumnOptions, type ModelStatic } from 'sequelize';
import { v7 } from 'uuid';

/** The base of every model. */
export abstract class BaseModel<Attributes extends object = object, Creation extends object = Attributes> extends Model<
  Attributes,
  Creation
> {}

/** Makes bulk writes without a condition throw: `destroy({ where: {} })` would delete the whole table. */
export function refuseEmptyWhere(models: readonly ModelStatic<Model>[]): void {
  for (const model of models) {
    model.addHook('beforeBulkUpdate', (options: unknown) => requireWhere(options as { where?: object }));
    model.addHook('beforeBulkDestroy', (options: unknown) => requireWhere(options as { where?: object }));
  }
}

/** Returns the id column of every table: a UUIDv7 that the application generates. */
export function idColumn(): ModelAttributeColumnOptions {
  return { type: DataTypes.UUID, primaryKey: true, allowNull: false, defaultValue: () => v7() };
}

/** The version and the editors of a row; triggers set them. */
export const stampColumns = {
  version: { type: DataTypes.INTEGER, allowNull: false, defaultValue: 1 },
  createdBy: { type: DataTypes.UUID, allowNull: true },
  updatedBy: { type: DataTypes.UUID, allowNull: true },
} as const;

/** The position that a trigger replaces by the one behind all siblings. */
export const LAST_POSITION = -1;

/** Returns the column of an order among siblings; a new row comes last. */
export function positionColumn(): ModelAttributeColumnOptions {
  return { type: DataTypes.INTEGER, allowNull: false, defaultValue: LAST_POSITION };
}

/** Returns a column of money: a decimal string, never a float. The database holds it to the decimals of its currency. */
export function moneyColumn(options: Partial<ModelAttributeColumnOptions> = {}): ModelAttributeColumnOptions {
  return { type: DataTypes.DECIMAL, allowNull: false, ...options };
}

function requireWhere({ where }: { where?: object }): void {
  if (where !== undefined && Reflect.ownKeys(where).length > 0) return;
  throw new Error('A bulk write needs a condition: an empty "where" would change the whole table.');
}
