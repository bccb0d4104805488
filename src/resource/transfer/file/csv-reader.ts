import { type CsvError, type Parser, parse } from 'csv-parse';
import { BEGINNING, type FileFault, type FilePosition, type FileReader, type FileRow, MAX_ROW_BYTES } from './file-row';

/** Reads CSV (RFC 4180) in UTF-8, with a byte order mark or without, whatever its line ends. */
export class CsvReader implements FileReader {
  fault: FileFault | null = null;
  readonly #parser: Parser;
  readonly #from: FilePosition;
  #rows: FileRow[] = [];
  #line: number;
  #emptyLines = 0;
  #fail: (error: CsvError) => void = () => undefined;

  constructor(from: FilePosition = BEGINNING) {
    this.#from = from;
    this.#line = from.line;
    this.#parser = parse({
      bom: from.offset === 0,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW_BYTES,
      // Rows are kept here and not passed on: an object stream takes as long again.
      on_record: (cells: string[], { bytes, empty_lines: emptyLines }) => this.#keep(cells, bytes, emptyLines),
    });
    this.#parser.on('error', (error: CsvError) => this.#fail(error));
    this.#parser.resume();
  }

  read(part: Buffer): Promise<FileRow[]> {
    return this.#run((done) => this.#parser.write(part, done));
  }

  end(): Promise<FileRow[]> {
    return this.#run((done) => this.#parser.end().once('end', done));
  }

  async #run(step: (done: () => void) => void): Promise<FileRow[]> {
    if (this.fault) return [];
    await new Promise<void>((resolve) => {
      this.#fail = (error) => {
        this.#break(error);
        resolve();
      };
      step(resolve);
    });
    const rows = this.#rows;
    // A row of several lines may have swallowed the row behind a broken quote; the next one tells.
    const suspect = this.fault || this.#parser.writableEnded || !isLong(rows.at(-1)) ? [] : rows.splice(-1);
    this.#rows = suspect;
    return rows;
  }

  #keep(cells: string[], bytes: number, emptyLines: number): null {
    this.#line += emptyLines - this.#emptyLines;
    this.#emptyLines = emptyLines;
    const line = this.#line;
    this.#line += 1 + linesInside(cells);
    this.#rows.push({ line, nextLine: this.#line, end: this.#from.offset + bytes, raw: cells });
    return null;
  }

  #break({ code, empty_lines: emptyLines }: CsvError & { readonly empty_lines?: number }): void {
    const suspect = isLong(this.#rows.at(-1)) ? this.#rows.pop() : undefined;
    const line = suspect?.line ?? this.#line + ((emptyLines ?? this.#emptyLines) - this.#emptyLines);
    this.fault =
      code === 'CSV_MAX_RECORD_SIZE'
        ? {
            line,
            code: 'row_too_long',
            message: `The row that begins here has more than ${MAX_ROW_BYTES} characters: a quote in it is probably not closed.`,
          }
        : {
            line,
            code: 'broken_quote',
            message: 'A quote of the row that begins here is not closed, or stands inside a cell without being doubled.',
          };
  }
}

function isLong(row: FileRow | undefined): boolean {
  return row !== undefined && linesInside(row.raw as readonly string[]) > 0;
}

function linesInside(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(LINE_END)?.length ?? 0), 0);
}

const LINE_END = /\r\n|\n|\r/g;
