import type { ImportRow } from '../../rows/import-row';
import { problemLine } from './tally';

/** Returns a refused or deferred row as it is kept. */
export function keptRow(importId: string, row: ImportRow) {
  const { line, raw } = row.source;
  return { importId, line, raw, waitsFor: row.waitsFor, status: row.outcome as 'failed' | 'deferred', problem: problemLine(row) };
}
