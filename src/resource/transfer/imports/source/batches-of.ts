import type { FileFault, FileReader, FileRow } from '../../file/file-row';
import type { RowGroups } from '../../layouts/same-key';

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

/** Returns the rows of a file's parts, so many at a time and those of one object together; the last batch may be empty. */
export async function* batchesOf(
  parts: AsyncIterable<Buffer>,
  reader: FileReader,
  most: BatchSize,
  groups: RowGroups | null = null,
): AsyncGenerator<FileBatch> {
  let rows: FileRow[] = [];
  /* One row stays, so that the last batch is known for the last. */
  function* fullBatches(): Generator<FileBatch> {
    let size = wholeObjects(rows, sizeOfNext(rows, most), most, groups);
    while (size < rows.length) {
      const next = rows.slice(0, size);
      rows = rows.slice(size);
      yield { rows: next, isLast: false, fault: null };
      size = wholeObjects(rows, sizeOfNext(rows, most), most, groups);
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

/*
 * The batch ends before an object that goes on behind it; where that is its first one, it waits for the end of the object, as long as that
 * has not as many rows as a batch again.
 */
function wholeObjects(rows: readonly FileRow[], size: number, most: BatchSize, groups: RowGroups | null): number {
  const goesOn = (at: number) => at < rows.length && groups?.continues((rows[at] as FileRow).raw, (rows[at - 1] as FileRow).raw);
  let end = size;
  while (end > 0 && goesOn(end)) end -= 1;
  if (end > 0) return end;
  end = size;
  while (goesOn(end) && end < 2 * most.rows) end += 1;
  return end;
}
