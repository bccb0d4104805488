import { parseJson } from '../../../http/input/json/parse-json';
import { MAX_VIOLATIONS, Problem, type Violation } from '../../../problems/problem';
import { isStorable } from '../../../schema/schema';
import type { Resource } from '../../definition/resource';
import type { Column } from '../columns';
import type { FileRow } from '../file/file-row';
import type { Format } from '../file/formats';
import { type ColumnFinder, columnsOfHeader, duplicates, unknownColumn } from '../file/header';
import { textOfCell } from '../file/text-cell';
import type { LayoutReader } from '../layouts/file-layout';
import { ImportRow } from './import-row';

/** Reads the rows of one file by columns. */
export type RowParser = (row: FileRow) => ImportRow;

/** Returns the parser of a file's rows; `header` is the first row of a CSV file. Throws `invalid_file` (422) for its columns. */
export function rowParser(
  resource: Resource,
  format: Format,
  header: readonly string[],
  find: ColumnFinder,
  layout: LayoutReader | null,
): RowParser {
  if (layout) return (row) => storableRow(row, (storable) => rowOfCells(storable, header.length));
  if (format === 'ndjson') return (row) => storableRow(row, (storable) => lineRow(resource, storable, find));
  const columns = columnsOfHeader(resource, header, find);
  return (row) => storableRow(row, (storable) => csvRow(resource, storable, columns));
}

function storableRow(source: FileRow, read: RowParser): ImportRow {
  const cells = typeof source.raw === 'string' ? [source.raw] : source.raw;
  if (!cells.some((cell) => cell.includes('\0'))) return read(source);
  const row = new ImportRow(source);
  row.refuse({ pointer: '', code: 'unstorable_text', message: 'The row must not contain U+0000' });
  return row;
}

function csvRow(resource: Resource, source: FileRow, columns: readonly (Column | null)[]): ImportRow {
  const row = rowOfCells(source, columns.length);
  const cells = source.raw as readonly string[];
  if (row.outcome) return row;
  for (const [at, column] of columns.entries()) if (column) setCell(resource, row, column, cells[at] as string);
  return row;
}

function rowOfCells(source: FileRow, count: number): ImportRow {
  const row = new ImportRow(source);
  const cells = source.raw.length;
  if (cells === count) return row;
  const code = cells < count ? 'too_few_cells' : 'too_many_cells';
  row.refuse({ pointer: '', code, message: `The row has ${cells} cells, and the header ${count}` });
  return row;
}

/* An empty cell of what cannot be null says nothing about it. */
function setCell(resource: Resource, row: ImportRow, column: Column, cell: string): void {
  if (column.of === 'reference') row.references.set(column.name, textOfCell(cell).trim() || null);
  else if (column.of === 'links') row.links.set(column.name, keysOf(textOfCell(cell)));
  else if (column.of === 'path') setPath(resource, row, textOfCell(cell));
  else if (cell === '') {
    if (column.field.nullable) row.given.set(column.name, null);
  } else if (column.field.kind === 'json') setJson(row, column.name, cell);
  else row.given.set(column.name, column.field.kind === 'text' || column.field.kind === 'enum' ? textOfCell(cell) : cell.trim());
}

/* The last key is the object's own, and the one before it its parent's. */
function setPath({ transfer }: Resource, row: ImportRow, text: string): void {
  const keys = text.split('/').map((key) => key.trim());
  const key = keys.pop();
  row.parentPath = keys.length === 0 ? null : keys.join('/');
  if (key) row.given.set(transfer?.key ?? '', key);
  row.references.set(transfer?.path?.parent ?? '', keys.at(-1) ?? null);
}

function keysOf(text: string): string[] {
  return text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}

function setJson(row: ImportRow, name: string, cell: string): void {
  const value = parsed(row, Buffer.from(cell), `/${name}`, `${name} must be JSON`);
  if (value !== undefined) row.given.set(name, value);
}

function lineRow(resource: Resource, source: FileRow, find: ColumnFinder): ImportRow {
  const row = new ImportRow(source);
  const value = parsed(row, Buffer.from(source.raw as string), '', NO_OBJECT);
  if (row.outcome) return row;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    row.refuse({ pointer: '', code: 'malformed_json', message: NO_OBJECT });
    return row;
  }
  const members = Object.entries(value).map(([name, member]) => ({ name, member, column: find(name) }));
  for (const { name, member, column } of members) {
    if (column === undefined) row.refuse(unknownColumn(resource, name));
    else if (column) setMember(resource, row, column, member);
  }
  const twice = duplicates(
    resource,
    members.map(({ column }) => column ?? null),
  );
  if (twice.length > 0) row.refuse(...twice);
  return row;
}

const NO_OBJECT = 'The line must be one JSON object';

function setMember(resource: Resource, row: ImportRow, column: Column, member: unknown): void {
  if (column.of === 'field') row.given.set(column.name, member);
  else if (column.of === 'path') {
    if (isKey(member)) setPath(resource, row, member);
    else row.refuse(wrongType(column.name, 'a text without U+0000'));
  } else if (column.of === 'reference') {
    if (isKey(member) || member === null) row.references.set(column.name, member);
    else row.refuse(wrongType(column.name, 'a text without U+0000, or null'));
  } else if (Array.isArray(member) && member.every(isKey)) row.links.set(column.name, member);
  else row.refuse(wrongType(column.name, 'a list of texts without U+0000'));
}

/* Keys are looked up before anything is validated. */
function isKey(member: unknown): member is string {
  return typeof member === 'string' && isStorable(member);
}

function wrongType(name: string, type: string): Violation {
  return { pointer: `/${name}`, code: 'wrong_type', message: `${name} must be ${type}` };
}

const MAX_VALUES = 10_000;

function parsed(row: ImportRow, bytes: Buffer, pointer: string, rule: string): unknown {
  try {
    const { value, violations } = parseJson(bytes, MAX_VALUES);
    if (violations.length > 0) row.refuse(...violations.slice(0, MAX_VIOLATIONS));
    return value;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const [violation] = error.errors;
    row.refuse({ pointer, code: violation?.code ?? error.type.code, message: violation?.message ?? rule });
    return undefined;
  }
}
