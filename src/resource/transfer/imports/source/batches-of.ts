import type { FileFault, FileReader, FileRow } from '../../file/file-row';

/** Some rows of a file that follow each other. */
export interface FileBatch {
  readonly rows: readonly FileRow[];
  /** Whether nothing follows that can be read. */
  readonly isLast: boolean;
  /** Why not, where the file has not ended. */
  readonly fault: FileFault | null;
}

/** Returns the rows of a file's parts, `size` at a time; the last batch may be empty. */
export async function* batchesOf(parts: AsyncIterable<Buffer>, reader: FileReader, size: number): AsyncGenerator<FileBatch> {
  const rows: FileRow[] = [];
  for await (const part of parts) {
    rows.push(...(await reader.read(part)));
    // One row stays, so that the last batch is known for the last.
    while (rows.length > size) yield { rows: rows.splice(0, size), isLast: false, fault: null };
    if (reader.fault) break;
  }
  rows.push(...(await reader.end()));
  while (rows.length > size) yield { rows: rows.splice(0, size), isLast: false, fault: null };
  yield { rows, isLast: true, fault: reader.fault };
}
