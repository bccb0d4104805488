import { type Column, defaultOf } from '../columns';
import { capitalised } from '../names';
import type { NewFile, ResourcePlan } from '../resource-plan';

/** The Sequelize model. */
export function modelFile({ names, columns }: ResourcePlan): NewFile {
  const { domain, plural, singular, model, table, aWord } = names;
  const text = `import { type CreationOptional, DataTypes, type InferAttributes, type InferCreationAttributes, type Sequelize } from 'sequelize';
import { BaseModel, idColumn, stampColumns } from '../../database/base-model';

/** ${capitalised(aWord)}. */
export class ${model} extends BaseModel<InferAttributes<${model}>, InferCreationAttributes<${model}>> {
  declare id: CreationOptional<string>;
  ${columns.map((column) => `declare ${column.name}: ${scriptType(column)};`).join('\n  ')}
  declare version: CreationOptional<number>;
  declare createdBy: CreationOptional<string | null>;
  declare updatedBy: CreationOptional<string | null>;
  declare createdAt: CreationOptional<Date>;
  declare updatedAt: CreationOptional<Date>;
  declare deletedAt: CreationOptional<Date | null>;
}

/** Registers the table of ${aWord}. */
export function register${model}(sequelize: Sequelize): void {
  ${model}.init(
    {
      id: idColumn(),
      ${columns.map((column) => `${column.name}: ${attribute(column)},`).join('\n      ')}
      ...stampColumns,
      createdAt: DataTypes.DATE,
      updatedAt: DataTypes.DATE,
      deletedAt: DataTypes.DATE,
    },
    { sequelize, tableName: '${table}', modelName: '${model}', paranoid: true },
  );
}
`;
  return { path: `src/${domain}/${plural}/${singular}.model.ts`, text };
}

function scriptType(column: Column): string {
  const { nullable, type } = column;
  if (nullable) return `CreationOptional<${type.script} | null>`;
  return defaultOf(column) === undefined ? type.script : `CreationOptional<${type.script}>`;
}

function attribute(column: Column): string {
  const { nullable, type } = column;
  const value = defaultOf(column);
  const defaulted = value === undefined ? '' : `, defaultValue: ${JSON.stringify(value)}`;
  return `{ type: DataTypes.${type.model}, allowNull: ${nullable}${defaulted} }`;
}
