import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { MAX_ERRORS } from './import.resource';
import type { Tally } from './tally';

/** How far an import has come. */
export interface Progress {
  readonly readBytes: number;
  readonly nextLine: number;
  readonly isRead: boolean;
  /** Rows that waited and do no longer. */
  readonly released: number;
}

/*
 * listed: how many of the new errors there is room for.
 * An import is done once its file is read and no row waits.
 */
const ADVANCE = `
  UPDATE imports i SET
    read_bytes = $2, next_line = $3, is_read = $4,
    created = created + $5, updated = updated + $6, unchanged = unchanged + $7, failed = failed + $8, deferred = deferred + $9,
    errors = errors || (SELECT coalesce(jsonb_agg(e.error ORDER BY e.n), '[]') FROM jsonb_array_elements($10::jsonb) WITH ORDINALITY AS e (error, n)
      WHERE e.n <= ${MAX_ERRORS} - jsonb_array_length(i.errors)),
    more_errors = more_errors + $11 - least(jsonb_array_length($10::jsonb), ${MAX_ERRORS} - jsonb_array_length(i.errors)),
    status = CASE WHEN $4 AND deferred + $9 = 0 THEN 'done' ELSE status END,
    finished_at = CASE WHEN $4 AND deferred + $9 = 0 THEN clock_timestamp() END
  WHERE id = $1`;

/** Adds what came of some rows to an import, with the position behind them. */
export async function advanceImport(tx: TxContext, id: string, to: Progress, tally: Tally): Promise<void> {
  const { created, updated, unchanged, failed, deferred, errors, errorCount } = tally;
  const values = [
    id,
    to.readBytes,
    to.nextLine,
    to.isRead,
    created,
    updated,
    unchanged,
    failed,
    deferred - to.released,
    JSON.stringify(errors),
    errorCount,
  ];
  await queryAll(tx, { text: ADVANCE, values });
}
