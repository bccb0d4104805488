import { Utils } from 'sequelize';
import { type ColumnType, columnTypes } from './column-types';
import { Refusal } from './refusal';
import { whyNotColumn } from './reserved';

/** A column of the new resource. */
export interface Column {
  /** In JSON and in code: `isActive`. */
  readonly name: string;
  /** In the database: `is_active`. */
  readonly column: string;
  readonly type: ColumnType;
  readonly isSlug: boolean;
  readonly nullable: boolean;
  readonly unique: boolean;
}

/** The default columns of a resource. */
export const USUAL_COLUMNS = ['name:string(200)'];

const WELL_FORMED = /^([A-Za-z0-9_]+):([a-z]+)(?:\(([^()]*)\))?([!?]{0,2})$/;
const NAME = /^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]+)*$/;
const MAX_LENGTH = 25;

/** The columns that `name:type` asks for, `!` for unique and `?` for nullable; throws a Refusal where one cannot be. */
export function columnsOf(given: readonly string[]): readonly Column[] {
  const columns = (given.length === 0 ? USUAL_COLUMNS : given).map(columnOf);
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new Refusal(`There are two columns "${twice}".`);
  if (columns.some(({ isSlug }) => isSlug)) requireNameForSlug(columns);
  return columns;
}

/** Whether a creation has to give the column. */
export function isRequired({ isSlug, nullable, type }: Column): boolean {
  return !isSlug && !nullable && type.default === undefined;
}

/** What a creation without the column gets; a nullable one gets nothing. */
export function defaultOf({ nullable, type }: Column): unknown {
  return nullable ? undefined : type.default;
}

function columnOf(given: string): Column {
  const [, name, word, argument, signs] = WELL_FORMED.exec(given) ?? [];
  if (name === undefined || word === undefined || signs === undefined)
    throw new Refusal(`"${given}" is no column: write name:type, as in name:string(200), sku:string! or founded:integer?.`);
  if (!NAME.test(name) || name.length > MAX_LENGTH)
    throw new Refusal(`A column's name is camelCase, letters and digits, ${MAX_LENGTH} at most, not "${name}".`);
  const column = Utils.underscoredIf(name, true);
  const reason = whyNotColumn(name, column);
  if (reason !== null) throw new Refusal(`A column cannot be named "${name}": ${reason}.`);
  const make = Object.hasOwn(columnTypes, word) ? columnTypes[word] : undefined;
  if (!make) throw new Refusal(`There is no type "${word}"; there are ${Object.keys(columnTypes).join(', ')}.`);
  const isSlug = word === 'slug';
  const nullable = signs.includes('?');
  if (isSlug && (name !== 'slug' || nullable)) throw new Refusal('A slug is a column named "slug", and not nullable: slug:slug!.');
  const type = make(argument);
  if (signs.includes('!') && !type.canBeUnique) throw new Refusal(`A column of the type ${word} cannot be unique.`);
  return { name, column, type, isSlug, nullable, unique: isSlug || signs.includes('!') };
}

function requireNameForSlug(columns: readonly Column[]): void {
  const source = columns.find(({ name }) => name === 'name');
  if (source?.type.field !== 'text' || source.nullable)
    throw new Refusal('A slug is made from the name: add name:string, and not a nullable one.');
}
