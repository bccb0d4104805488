import type { FileRow } from '../../file/file-row';
import type { ImportRow } from '../../rows/import-row';
import { problemLine } from '../records/tally';

/** Returns a refused or deferred row as it is kept. */
export function keptRow(importId: string, row: ImportRow) {
  const { line, raw } = row.source;
  return {
    importId,
    line,
    raw: storable(raw),
    waitsFor: row.waitsFor,
    status: row.outcome as 'failed' | 'deferred',
    problem: problemLine(row),
  };
}

/* PostgreSQL keeps no U+0000. A row that has one is refused; what is shown of it has a U+FFFD in its place. */
function storable(raw: FileRow['raw']): FileRow['raw'] {
  const withoutNul = (text: string) => text.replaceAll('\0', '\uFFFD');
  return typeof raw === 'string' ? withoutNul(raw) : raw.map(withoutNul);
}
