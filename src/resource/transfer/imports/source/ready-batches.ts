import { setImmediate as turn } from 'node:timers/promises';
import type { ImportRow } from '../../rows/import-row';
import type { RowParser } from '../../rows/row-parser';
import type { RowValidator } from '../../rows/row-validator';
import type { FileBatch } from './batches-of';

/** A batch whose rows are parsed and validated. */
export interface ReadyBatch extends FileBatch {
  readonly ready: readonly ImportRow[];
}

/** What is parsed and validated in one turn of the event loop, about a millisecond. */
const ROWS_PER_TURN = 25;

/**
 * Returns the batches of a file without its header, with their rows parsed and validated: a few in each turn of the event loop, so that
 * other requests, and what PostgreSQL answers about the batch before, come between.
 */
export async function* readyBatches(
  batches: AsyncIterable<FileBatch>,
  hasHeader: boolean,
  parse: RowParser,
  validator: RowValidator,
): AsyncGenerator<ReadyBatch> {
  let headerRows = hasHeader ? 1 : 0;
  for await (const batch of batches) {
    const rows = batch.rows.slice(headerRows);
    const ready: ImportRow[] = [];
    for (const read of rows) {
      if (ready.length % ROWS_PER_TURN === 0) await turn();
      const row = parse(read);
      validator.validateAhead(row);
      ready.push(row);
    }
    yield { ...batch, rows, ready };
    headerRows = 0;
  }
}
