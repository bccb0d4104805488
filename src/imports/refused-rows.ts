import { stringify } from 'csv-stringify/sync';
import type { Ctx } from '../context/context';
import { requirePermission } from '../context/permission';
import { withCursor } from '../database/sql/cursor';
import { ok, type Reply } from '../http/output/reply';
import { type StreamTarget, TextStream } from '../http/output/streaming/text-stream';
import { readObject } from '../resource/read/read-one';
import { MEDIA_TYPES } from '../resource/transfer/file/formats';
import { PROBLEM_COLUMN } from '../resource/transfer/file/header';
import { cellOfText } from '../resource/transfer/file/text-cell';
import { Import } from '../resource/transfer/imports/records/import.model';
import { imports } from '../resource/transfer/imports/records/import.resource';

interface RefusedRow extends Record<string, unknown> {
  readonly raw: string | readonly string[];
  readonly problem: string;
}

/**
 * Returns a reply that streams the refused rows of an import as a file of the same format, with a further column that says what is wrong.
 * Throws `not_found` (404), and `forbidden` (403) unless the actor may read the resource that was imported.
 */
export async function exportRefusedRows(ctx: Ctx, id: string): Promise<Reply> {
  await readObject(ctx, imports, id, { fields: ['id'], include: [] });
  const record = await Import.findByPk(id, { rejectOnEmpty: true });
  requirePermission(ctx, `${record.resource}:read`);
  const { format, header, resource } = record;
  const text = `SELECT raw, problem FROM import_rows WHERE import_id = $1 AND status = 'failed' ORDER BY line`;
  const write = format === 'csv' ? (row: RefusedRow) => csvRow(row, header.length) : jsonLine;
  const produce = ({ begin, write: send }: StreamTarget) =>
    withCursor<RefusedRow>(ctx, { text, values: [id] }, async (fetch) => {
      let rows = await fetch();
      if (!begin({ 'Content-Disposition': `attachment; filename="${resource}-refused.${format}"` })) return;
      let isWanted = format !== 'csv' || (await send(csvLine([...header, PROBLEM_COLUMN])));
      while (isWanted && rows.length > 0) {
        isWanted = await send(rows.map(write).join(''));
        rows = isWanted ? await fetch() : [];
      }
    });
  return ok(new TextStream(produce, { contentType: format === 'csv' ? `${MEDIA_TYPES.csv}; charset=utf-8` : MEDIA_TYPES.ndjson }));
}

/* A row with too few cells gets the rest; what it had too much stands behind the problem, and is refused again. */
function csvRow({ raw, problem }: RefusedRow, width: number): string {
  const cells = raw as readonly string[];
  const missing = Array.from({ length: Math.max(0, width - cells.length) }, () => '');
  return csvLine([...cells.slice(0, width), ...missing, cellOfText(problem), ...cells.slice(width)]);
}

function csvLine(cells: readonly string[]): string {
  return stringify([cells], { record_delimiter: 'windows' });
}

/* A line that is no object is shown as the text that it is. */
function jsonLine({ raw, problem }: RefusedRow): string {
  return `${JSON.stringify({ ...objectOf(String(raw)), [PROBLEM_COLUMN]: problem })}\n`;
}

function objectOf(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // It is shown below.
  }
  return { _line: line };
}
