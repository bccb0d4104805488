import { runInNewContext } from 'node:vm';
import { Model } from 'sequelize';

/** Words that PostgreSQL takes for itself: `SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')`, version 18. */
const SQL = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently ' +
    'constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default ' +
    'deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner ' +
    'intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or ' +
    'order outer overlaps placing primary references returning right select session_user similar some symmetric system_user table ' +
    'tablesample then to trailing true union unique user using variadic verbose when where window with'
  ).split(' '),
);

/** The columns that every resource has. */
const STAMPS = new Set(['id', 'version', 'createdBy', 'updatedBy', 'createdAt', 'updatedAt', 'deletedAt']);

/** The words of the list grammar; a field of such a name could be filtered by operators only. */
const GRAMMAR = new Set(['limit', 'cursor', 'page', 'sort', 'total', 'fields', 'include', 'q', 'deleted']);

/** The classes of the language, which a model of the same name would hide in its own file. */
const CLASSES = new Set(['Record', ...(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[])]);

/** Why a column cannot have this name, or null where it can. */
export function whyNotColumn(name: string, column: string): string | null {
  if (STAMPS.has(name)) return 'every resource has it already';
  if (GRAMMAR.has(name)) return 'it is a word of the list grammar';
  if (name in Model.prototype) return 'every Sequelize model has a member of that name';
  if (SQL.has(column)) return 'it is a reserved word of SQL';
  return null;
}

/** Why a resource cannot have this table and model, or null where it can. */
export function whyNotModel(table: string, model: string): string | null {
  if (SQL.has(table)) return `"${table}" is a reserved word of SQL`;
  if (CLASSES.has(model)) return `its model would hide the class ${model} of the language`;
  return null;
}
