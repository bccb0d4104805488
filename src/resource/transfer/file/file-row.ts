import type { Violation } from '../../../problems/problem';

/** A row of a file. */
export interface FileRow {
  /** The line on which it begins; the file's first is 1. */
  readonly line: number;
  /** The line after it. */
  readonly nextLine: number;
  /** The byte after it, from the beginning of the file. */
  readonly end: number;
  /** Its cells in CSV, its text in lines of JSON. */
  readonly raw: readonly string[] | string;
}

/** Where a file is broken, so that nothing behind can be read. */
export interface FileFault extends Omit<Violation, 'pointer'> {
  readonly line: number;
}

/** Where reading begins. */
export interface FilePosition {
  readonly offset: number;
  readonly line: number;
}

export const BEGINNING: FilePosition = { offset: 0, line: 1 };

/** Reads the rows of a file from its bytes, part after part. */
export interface FileReader {
  /** Returns the rows that end in the next part. */
  read(part: Buffer): Promise<FileRow[]>;
  /** Returns the rows that the end of the file ends. */
  end(): Promise<FileRow[]>;
  /** Set once a row cannot be read; nothing behind it is. */
  readonly fault: FileFault | null;
}

/** The most bytes of a row, in CSV characters. */
export const MAX_ROW_BYTES = 1_048_576;
