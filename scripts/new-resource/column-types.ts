import { Refusal } from './refusal';

/** What the files of a resource say of a column's type. */
export interface ColumnType {
  readonly sql: string;
  /** What its CHECK demands; nothing where the type says it all. */
  readonly check?: (column: string) => string;
  /** The member of Sequelize's DataTypes. */
  readonly model: string;
  readonly script: string;
  /** The word of `field`, and what it asks for: `text`, `min: 1, max: 200`. */
  readonly field: string;
  readonly options?: string;
  /** The values of an enum, which come before the options. */
  readonly choices?: readonly string[];
  readonly filter: boolean;
  readonly sort: boolean;
  /** Whether a unique index makes sense. */
  readonly canBeUnique: boolean;
  /** What a creation without it gets. */
  readonly default?: unknown;
  /** Two values that differ, as JSON. */
  readonly examples: readonly [unknown, unknown];
}

type Maker = (argument: string | undefined) => ColumnType;

const text = { sql: 'text', model: 'TEXT', script: 'string', field: 'text', filter: false, sort: false, canBeUnique: false } as const;
const listed = { filter: true, sort: true, canBeUnique: true } as const;
/* An index entry holds 2,704 bytes at most, and a character takes up to four. */
const MAX_STRING = 500;
const MAX_TEXT = 50_000;

/** The types of columns, by the word that they are asked for with. */
export const columnTypes: Readonly<Record<string, Maker>> = {
  string: (argument) => {
    const max = lengthOf(argument, 200, MAX_STRING);
    const check = (column: string) => `length(${column}) BETWEEN 1 AND ${max} AND is_name(${column})`;
    return { ...text, ...listed, check, options: `min: 1, max: ${grouped(max)}`, examples: [cut('First', max), cut('Second', max)] };
  },
  text: (argument) => {
    const max = lengthOf(argument, 10_000, MAX_TEXT);
    const check = (column: string) => `length(${column}) <= ${max}`;
    return { ...text, check, options: `max: ${grouped(max)}`, examples: [cut('In a few words.', max), cut('At some length.', max)] };
  },
  slug: plain({
    ...text,
    ...listed,
    check: (column) => `length(${column}) BETWEEN 1 AND 220 AND ${column} ~ '^[a-z0-9-]+$'`,
    field: 'slug',
    options: 'max: 220',
    examples: ['first', 'second'],
  }),
  money: plain({
    ...listed,
    sql: 'numeric',
    check: (column) => `${column} >= 0 AND is_amount(${column})`,
    model: 'DECIMAL',
    script: 'string',
    field: 'money',
    examples: ['18.00', '19.50'],
  }),
  integer: plain({
    ...listed,
    sql: 'integer',
    check: (column) => `${column} >= 0`,
    model: 'INTEGER',
    script: 'number',
    field: 'integer',
    options: 'min: 0, max: 2_147_483_647',
    examples: [1, 2],
  }),
  boolean: plain({
    sql: 'boolean',
    model: 'BOOLEAN',
    script: 'boolean',
    field: 'flag',
    filter: true,
    sort: false,
    canBeUnique: false,
    default: false,
    examples: [true, false],
  }),
  date: plain({ ...listed, sql: 'date', model: 'DATEONLY', script: 'string', field: 'date', examples: ['2026-01-31', '2026-02-28'] }),
  timestamp: plain({
    ...listed,
    sql: 'timestamptz(3)',
    model: 'DATE',
    script: 'Date',
    field: 'timestamp',
    examples: ['2026-01-31T12:00:00.000Z', '2026-02-28T12:00:00.000Z'],
  }),
  json: plain({
    sql: 'jsonb',
    check: (column) => `jsonb_typeof(${column}) = 'object'`,
    model: 'JSONB',
    script: 'Record<string, unknown>',
    field: 'json',
    options: 'maxBytes: 16_384',
    filter: false,
    sort: false,
    canBeUnique: false,
    default: {},
    examples: [{ first: 1 }, { first: 2 }],
  }),
  enum: (argument = '') => {
    const choices = argument.split(',');
    if (choices.length < 2 || new Set(choices).size < choices.length || !choices.every((choice) => /^[a-z][a-z_]{0,49}$/.test(choice)))
      throw new Refusal('An enum needs two or more values, each once, as in enum(draft,active).');
    const list = choices.map((choice) => `'${choice}'`).join(', ');
    return {
      ...text,
      field: 'oneOf',
      check: (column) => `${column} IN (${list})`,
      choices,
      filter: true,
      sort: true,
      default: choices[0],
      examples: [choices[0], choices[1]],
    };
  },
};

function plain(type: ColumnType): Maker {
  return (argument) => {
    if (argument !== undefined)
      throw new Refusal(`Of the types only string, text and enum take something in brackets, not "(${argument})".`);
    return type;
  };
}

function lengthOf(argument: string | undefined, usual: number, most: number): number {
  const length = argument === undefined ? usual : Number(argument);
  if (!Number.isInteger(length) || length < 1 || length > most)
    throw new Refusal(`A length is a whole number from 1 to ${most}, not "${argument}".`);
  return length;
}

function cut(example: string, max: number): string {
  return example.slice(0, max);
}

/** A number as the house writes it in code: `10_000`. */
function grouped(value: number): string {
  return value.toLocaleString('en-US').replaceAll(',', '_');
}
