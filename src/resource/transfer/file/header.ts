import { invalidParameters } from '../../../problems/common-problems';
import type { Violation } from '../../../problems/problem';
import { splitChoices } from '../../../schema/parameters/choices';
import type { Resource } from '../../definition/resource';
import { type Column, importableColumns, transferOf } from '../columns';
import { invalidFile } from '../problems';

/** Beside each refused row, in the file that can be mended and sent again. */
export const PROBLEM_COLUMN = '_problem';

const SEPARATORS: Readonly<Record<string, string>> = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' };

/* In the detail of a problem. */
const MOST_SUMMARISED = 5;

/** Which column of a resource a name in a file stands for; null for one that is ignored, undefined for an unknown one. */
export type ColumnFinder = (name: string) => Column | null | undefined;

/**
 * Returns what finds the columns of a file: names compare without case, spaces, hyphens and underscores. `mapping` is a list of
 * `name in the file:column`, separated by commas; with nothing after the colon the name is ignored. Throws `invalid_parameters` (400).
 */
export function columnFinder(resource: Resource, mapping: string | undefined): ColumnFinder {
  const columns = new Map(importableColumns(resource).map((column) => [folded(column.name), column]));
  const mapped = new Map<string, Column | null>(mappingOf(mapping).map(([name, to]) => [folded(name), targetOf(columns, to)]));
  const ignored = folded(PROBLEM_COLUMN);
  return (name) => {
    const key = folded(name);
    const target = mapped.get(key);
    return key === ignored ? null : target === undefined ? columns.get(key) : target;
  };
}

/**
 * Returns the columns of a header, null for each that is ignored. Throws `invalid_file` (422) with every column that is unknown, given
 * twice, or missing, and where the columns are separated by something else than commas.
 */
export function columnsOfHeader(resource: Resource, names: readonly string[], find: ColumnFinder): readonly (Column | null)[] {
  const found = names.map(find);
  if (names.length === 1 && found[0] === undefined) requireCommas(names[0] as string);
  const errors: Violation[] = names.filter((_, index) => found[index] === undefined).map((name) => unknownName(resource, name));
  const columns = found.map((column) => column ?? null);
  errors.push(...duplicates(resource, columns));
  if (!columns.some((column) => column?.name === transferOf(resource).key || column?.of === 'path')) errors.push(missingKey(resource));
  if (errors.length === 0) return columns;
  throw invalidFile.because(`${summary(errors)} Allowed columns: ${allowedColumns(resource)}. Nothing was imported.`, {
    errors: errors.slice(0, 100),
  });
}

/** Returns the violation of a name that is no column. */
export function unknownColumn(resource: Resource, name: string): Violation {
  const violation = unknownName(resource, name);
  return { ...violation, message: `${violation.message}; allowed: ${allowedColumns(resource)}` };
}

/** Returns the violations of the columns that are given twice, under one name, as an id and a key, or in a path. */
export function duplicates(resource: Resource, columns: readonly (Column | null)[]): Violation[] {
  const seen = new Map<string, string>();
  return columns.flatMap((column) => {
    if (!column) return [];
    const sets = fieldsOf(resource, column);
    const first = sets.map((field) => seen.get(field)).find((name) => name !== undefined);
    for (const field of sets) seen.set(field, column.name);
    if (first === undefined) return [];
    const message =
      first === column.name ? `The column "${first}" is given twice` : `The columns "${first}" and "${column.name}" set the same`;
    return [{ pointer: `/${column.name}`, code: 'duplicate_column', message }];
  });
}

function fieldsOf({ transfer }: Resource, column: Column): string[] {
  if (column.of === 'reference') return [column.reference.field];
  if (column.of !== 'path' || !transfer) return [column.name];
  return [transfer.key, transfer.references?.[transfer.path?.parent ?? '']?.field ?? column.name];
}

/* Spreadsheets of countries with a decimal comma write semicolons. */
function requireCommas(name: string): void {
  const [sign] = /[;\t|]/.exec(name) ?? [];
  if (sign === undefined) return;
  const message = `The columns are separated by ${SEPARATORS[sign]}. Save the file as CSV with commas, and decimals with a point, and send it again.`;
  throw invalidFile.because(`${message} Nothing was imported.`, { errors: [{ pointer: '', code: 'wrong_separator', message }] });
}

function unknownName(resource: Resource, name: string): Violation {
  const field = Object.hasOwn(resource.fields, name) ? resource.fields[name] : undefined;
  const shown = name.slice(0, 100);
  const reason = field ? `is set by the shop${field.changedBy ? ` (change it with ${field.changedBy})` : ''}` : 'is unknown';
  return { pointer: `/${shown}`, code: 'unknown_column', message: `The column "${shown}" ${reason}. To ignore it, add map=${shown}:` };
}

/* All of them stand in "errors". */
function summary(errors: readonly Violation[]): string {
  const shown = errors.slice(0, MOST_SUMMARISED).map(({ message }) => message);
  const further = errors.length - shown.length;
  return `${[...shown, ...(further > 0 ? [`and ${further} more`] : [])].join('; ')}.`;
}

function allowedColumns(resource: Resource): string {
  return importableColumns(resource)
    .map(({ name }) => name)
    .join(', ');
}

function missingKey(resource: Resource): Violation {
  const { key, path } = transferOf(resource);
  const message = `The column "${key}"${path ? ` or "${path.column}"` : ''} is missing, which tells the ${resource.name} apart`;
  return { pointer: `/${key}`, code: 'missing_column', message };
}

/* A spreadsheet's "Stock Quantity" and a database's stock_quantity are stockQuantity. */
function folded(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');
}

function mappingOf(text: string | undefined): [string, string][] {
  if (text === undefined) return [];
  const pairs = splitChoices(text)?.map((pair) => [pair.slice(0, pair.lastIndexOf(':')), pair.slice(pair.lastIndexOf(':') + 1)]);
  if (!pairs?.every(([name]) => name)) throw invalidMap('map must be "name in the file:column", separated by commas');
  return pairs as [string, string][];
}

function targetOf(columns: ReadonlyMap<string, Column>, to: string): Column | null {
  if (to === '') return null;
  const column = columns.get(folded(to));
  if (column) return column;
  throw invalidMap(`map cannot lead to "${to.slice(0, 100)}"; allowed: ${[...columns.values()].map(({ name }) => name).join(', ')}`);
}

function invalidMap(message: string) {
  return invalidParameters.because(message, { errors: [{ pointer: 'map', code: 'wrong_format', message }] });
}
