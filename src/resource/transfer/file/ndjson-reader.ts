import { BEGINNING, type FileFault, type FilePosition, type FileReader, type FileRow, MAX_ROW_BYTES } from './file-row';

const NEWLINE = 0x0a;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Reads lines of JSON in UTF-8; what a line holds is not looked at. */
export class NdjsonReader implements FileReader {
  fault: FileFault | null = null;
  #rest: Buffer = Buffer.alloc(0);
  #offset: number;
  #line: number;

  constructor({ offset, line }: FilePosition = BEGINNING) {
    this.#offset = offset;
    this.#line = line;
  }

  async read(part: Buffer): Promise<FileRow[]> {
    const bytes = this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]);
    const rows: FileRow[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0 && !this.fault; end = bytes.indexOf(NEWLINE, start)) {
      this.#keep(rows, bytes.subarray(start, end), 1);
      start = end + 1;
    }
    this.#rest = bytes.subarray(start);
    if (this.#rest.length > MAX_ROW_BYTES) this.#refuse();
    return rows;
  }

  async end(): Promise<FileRow[]> {
    const rows: FileRow[] = [];
    if (!this.fault && this.#rest.length > 0) this.#keep(rows, this.#rest, 0);
    return rows;
  }

  #keep(rows: FileRow[], bytes: Buffer, delimiter: 0 | 1): void {
    if (bytes.length > MAX_ROW_BYTES) this.#refuse();
    if (this.fault) return;
    const isMarked = this.#offset === 0 && bytes.subarray(0, MARK.length).equals(MARK);
    this.#offset += bytes.length + delimiter;
    const text = bytes
      .subarray(isMarked ? MARK.length : 0)
      .toString('utf8')
      .trim();
    if (text !== '') rows.push({ line: this.#line, nextLine: this.#line + 1, end: this.#offset, raw: text });
    this.#line += 1;
  }

  #refuse(): void {
    this.fault ??= { line: this.#line, code: 'row_too_long', message: `This line has more than ${MAX_ROW_BYTES} bytes.` };
  }
}
