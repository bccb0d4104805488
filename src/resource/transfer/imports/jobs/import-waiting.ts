import type { TxContext } from '../../../../context/context';
import { column } from '../../../../database/sql/binder';
import { queryAll } from '../../../../database/sql/statement';
import { columnOf, tableOf } from '../../../definition/columns';
import { transferOf } from '../../columns';
import type { LayoutReader } from '../../layouts/file-layout';
import type { ImportRow } from '../../rows/import-row';
import { importRows } from '../../rows/import-rows';
import type { RowParser } from '../../rows/row-parser';
import type { RowValidator } from '../../rows/row-validator';
import type { TransferredResource } from '../../transferred-resources';
import { advanceImport } from '../records/advance-import.statement';
import type { Import } from '../records/import.model';
import { problemLine, tallyOf } from '../records/tally';

const BATCH_ROWS = 1_000;

interface Waiting extends Record<string, unknown> {
  readonly id: string;
  readonly line: string;
  readonly raw: string | string[];
  readonly isReady: boolean;
}

/**
 * Imports some rows that waited for an object that is there now; where there are none, refuses those that still wait, which name each other
 * in a circle or nothing at all. Returns how many rows still wait.
 */
export async function importWaiting(
  tx: TxContext,
  managed: TransferredResource,
  record: Import,
  parse: RowParser,
  validator: RowValidator,
  layout: LayoutReader | null,
): Promise<number> {
  const waiting = await nextWaiting(tx, managed, record.id);
  const mayDefer = waiting.some(({ isReady }) => isReady);
  const rows = waiting.map(({ line, raw }) => parse({ line: Number(line), nextLine: 0, end: 0, raw }));
  await importRows(tx, managed, rows, { validator, mayDefer, layout });
  await settle(tx, waiting, rows);
  const progress = { readBytes: Number(record.fileBytes), nextLine: Number(record.nextLine), isRead: true, released: rows.length };
  await advanceImport(tx, record.id, progress, tallyOf(rows, null));
  const [rest] = await queryAll<{ n: string }>(tx, { text: 'SELECT deferred AS n FROM imports WHERE id = $1', values: [record.id] });
  return Number(rest?.n ?? 0);
}

function nextWaiting(tx: TxContext, { resource }: TransferredResource, importId: string): Promise<Waiting[]> {
  const model = resource.model();
  const key = column('t', columnOf(model, transferOf(resource).key));
  const isLive = model.options.paranoid ? ' AND t.deleted_at IS NULL' : '';
  const isReady = `EXISTS (SELECT 1 FROM ${tableOf(model)} t WHERE ${key} = r.waits_for${isLive})`;
  const text = `SELECT r.id, r.line, r.raw, ${isReady} AS "isReady" FROM import_rows r WHERE r.import_id = $1 AND r.status = 'deferred'
    ORDER BY 4 DESC, r.line LIMIT ${BATCH_ROWS}`;
  return queryAll<Waiting>(tx, { text, values: [importId] });
}

/* Rows that were imported go, refused ones stay with their problem, and the others wait for what they miss now. */
async function settle(tx: TxContext, waiting: readonly Waiting[], rows: readonly ImportRow[]): Promise<void> {
  const ids = waiting.map(({ id }) => id);
  const outcomes = rows.map(({ outcome }) => outcome);
  const waitsFor = rows.map((row) => row.waitsFor);
  const problems = rows.map(problemLine);
  await queryAll(tx, {
    text: `DELETE FROM import_rows r USING unnest($1::uuid[], $2::text[]) AS o (id, outcome)
      WHERE r.id = o.id AND o.outcome NOT IN ('failed', 'deferred')`,
    values: [ids, outcomes],
  });
  await queryAll(tx, {
    text: `UPDATE import_rows r SET status = o.outcome, waits_for = o.waits_for, problem = o.problem
      FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS o (id, outcome, waits_for, problem)
      WHERE r.id = o.id AND o.outcome IN ('failed', 'deferred')`,
    values: [ids, outcomes, waitsFor, problems],
  });
}
