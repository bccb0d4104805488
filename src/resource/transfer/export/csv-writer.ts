import { stringify } from 'csv-stringify/sync';
import type { Column } from '../columns';
import { cellOfText } from '../file/text-cell';

/* RFC 4180. */
const OPTIONS = { record_delimiter: 'windows' } as const;

/** Returns the header of a CSV file. */
export function csvHeader(columns: readonly Column[]): string {
  return stringify([columns.map(({ name }) => name)], OPTIONS);
}

/** Returns rows of cells as CSV. Objects are written as JSON, links with commas between; a text that begins as a formula gets an apostrophe. */
export function csvRows(columns: readonly Column[], rows: readonly (readonly unknown[])[]): string {
  const writers = columns.map(writerOf);
  return stringify(
    rows.map((cells) => cells.map((cell, at) => (cell === null ? null : writers[at]?.(cell)))),
    OPTIONS,
  );
}

type Writer = (cell: unknown) => string | null;

function writerOf(column: Column): Writer {
  if (column.of === 'links') return (cell) => linksOf(cell as readonly string[]);
  if (column.of === 'reference' || column.of === 'path') return (cell) => cellOfText(String(cell));
  switch (column.field.kind) {
    case 'json':
      return (cell) => JSON.stringify(cell);
    case 'text':
    case 'enum':
      return (cell) => cellOfText(String(cell));
    default:
      return String;
  }
}

function linksOf(keys: readonly string[]): string | null {
  return keys.length === 0 ? null : cellOfText(keys.join(','));
}
