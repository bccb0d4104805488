import { parseJson } from '../../../http/input/json/parse-json';
import { MAX_VIOLATIONS, Problem, type Violation } from '../../../problems/problem';
import type { Resource } from '../../definition/resource';
import type { Column } from '../columns';
import type { FileRow } from '../file/file-row';
import type { Format } from '../file/formats';
import { type ColumnFinder, columnsOfHeader, duplicates, unknownColumn } from '../file/header';
import { textOfCell } from '../file/text-cell';
import { ImportRow } from './import-row';

/** Reads the rows of one file by columns. */
export type RowParser = (row: FileRow) => ImportRow;

/** Returns the parser of a file's rows; `header` is the first row of a CSV file. Throws `invalid_file` (422) for its columns. */
export function rowParser(resource: Resource, format: Format, header: readonly string[], find: ColumnFinder): RowParser {
  if (format === 'ndjson') return (row) => lineRow(resource, row, find);
  const columns = columnsOfHeader(resource, header, find);
  return (row) => csvRow(row, columns);
}

function csvRow(source: FileRow, columns: readonly (Column | null)[]): ImportRow {
  const row = new ImportRow(source);
  const cells = source.raw as readonly string[];
  if (cells.length !== columns.length) {
    const code = cells.length < columns.length ? 'too_few_cells' : 'too_many_cells';
    row.refuse({ pointer: '', code, message: `The row has ${cells.length} cells, and the header ${columns.length}` });
    return row;
  }
  for (const [at, column] of columns.entries()) if (column) setCell(row, column, cells[at] as string);
  return row;
}

/* An empty cell of what cannot be null says nothing about it. */
function setCell(row: ImportRow, column: Column, cell: string): void {
  if (column.of === 'reference') row.references.set(column.name, textOfCell(cell).trim() || null);
  else if (column.of === 'links') row.links.set(column.name, keysOf(textOfCell(cell)));
  else if (cell === '') {
    if (column.field.nullable) row.given.set(column.name, null);
  } else if (column.field.kind === 'json') setJson(row, column.name, cell);
  else row.given.set(column.name, column.field.kind === 'text' || column.field.kind === 'enum' ? textOfCell(cell) : cell.trim());
}

function keysOf(text: string): string[] {
  return text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
}

function setJson(row: ImportRow, name: string, cell: string): void {
  const value = parsed(row, Buffer.from(cell), `/${name}`);
  if (value !== undefined) row.given.set(name, value);
}

function lineRow(resource: Resource, source: FileRow, find: ColumnFinder): ImportRow {
  const row = new ImportRow(source);
  const value = parsed(row, Buffer.from(source.raw as string), '');
  if (row.outcome) return row;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    row.refuse({ pointer: '', code: 'malformed_json', message: 'The line must be one JSON object' });
    return row;
  }
  const members = Object.entries(value).map(([name, member]) => ({ name, member, column: find(name) }));
  for (const { name, member, column } of members) {
    if (column === undefined) row.refuse(unknownColumn(resource, name));
    else if (column) setMember(row, column, member);
  }
  const twice = duplicates(members.map(({ column }) => column ?? null));
  if (twice.length > 0) row.refuse(...twice);
  return row;
}

function setMember(row: ImportRow, column: Column, member: unknown): void {
  if (column.of === 'field') row.given.set(column.name, member);
  else if (column.of === 'reference') {
    if (typeof member === 'string' || member === null) row.references.set(column.name, member);
    else row.refuse(wrongType(column.name, 'a text or null'));
  } else if (Array.isArray(member) && member.every((key) => typeof key === 'string')) row.links.set(column.name, member as string[]);
  else row.refuse(wrongType(column.name, 'a list of texts'));
}

function wrongType(name: string, type: string): Violation {
  return { pointer: `/${name}`, code: 'wrong_type', message: `${name} must be ${type}` };
}

const MAX_VALUES = 10_000;

function parsed(row: ImportRow, bytes: Buffer, pointer: string): unknown {
  try {
    const { value, violations } = parseJson(bytes, MAX_VALUES);
    if (violations.length > 0) row.refuse(...violations.slice(0, MAX_VIOLATIONS));
    return value;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    row.refuse({ pointer, code: error.type.code, message: error.detail });
    return undefined;
  }
}
