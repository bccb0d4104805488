import type { FileFault, FileReader, FileRow } from '../../file/file-row';

/** Some rows of a file that follow each other. */
export interface FileBatch {
  readonly rows: readonly FileRow[];
  /** Whether nothing follows that can be read. */
  readonly isLast: boolean;
  /** Why not, where the file has not ended. */
  readonly fault: FileFault | null;
}

/** How much is read of a file at a time, at most. */
export interface BatchSize {
  readonly rows: number;
  /** Rows may be a megabyte each, and all of a batch are in the memory; one row may exceed it. */
  readonly bytes: number;
}

/** Returns the rows of a file's parts, so many at a time; the last batch may be empty. */
export async function* batchesOf(parts: AsyncIterable<Buffer>, reader: FileReader, most: BatchSize): AsyncGenerator<FileBatch> {
  let rows: FileRow[] = [];
  /* One row stays, so that the last batch is known for the last. */
  function* fullBatches(): Generator<FileBatch> {
    let size = sizeOfNext(rows, most);
    while (size < rows.length) {
      const next = rows.slice(0, size);
      rows = rows.slice(size);
      yield { rows: next, isLast: false, fault: null };
      size = sizeOfNext(rows, most);
    }
  }
  for await (const part of parts) {
    // No spread: a part may hold more rows than a call may have arguments.
    rows = rows.concat(await reader.read(part));
    yield* fullBatches();
    if (reader.fault) break;
  }
  rows = rows.concat(await reader.end());
  yield* fullBatches();
  yield { rows, isLast: true, fault: reader.fault };
}

/* Bytes count from the end of the first row: where that one begins is not known. */
function sizeOfNext(rows: readonly FileRow[], most: BatchSize): number {
  const limit = Math.min(rows.length, most.rows);
  const from = rows[0]?.end ?? 0;
  let size = 1;
  while (size < limit && (rows[size] as FileRow).end - from <= most.bytes) size += 1;
  return size;
}
