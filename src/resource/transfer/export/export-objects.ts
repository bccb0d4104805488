import type { Ctx } from '../../../context/context';
import { withCursor } from '../../../database/sql/cursor';
import { ok, type Reply } from '../../../http/output/reply';
import { type StreamTarget, TextStream } from '../../../http/output/streaming/text-stream';
import { invalidParameters } from '../../../problems/common-problems';
import type { Resource } from '../../definition/resource';
import type { ListQuery } from '../../query/list-query';
import { type Column, defaultColumns, exportableColumns } from '../columns';
import { type Format, formatOf, MEDIA_TYPES } from '../file/formats';
import { csvHeader, csvRows } from './csv-writer';
import { type ExportRow, exportStatement } from './export-statement';

/** The query of an export: the filters and the sort of the list, the columns and the format. */
export interface ExportQuery extends ListQuery {
  readonly format?: Format;
}

/*
 * A client that reads as fast as the database writes takes no disk. One that is slower is waited for this long in all, and the rest of its
 * file goes to the disk, so that neither a connection nor the snapshot is held for it.
 */
const PATIENCE_MS = 30_000;

/**
 * Returns a reply that streams every object of a list query, from one snapshot, as CSV or as lines of JSON. Throws `invalid_parameters`
 * (400) for columns that the resource does not have.
 */
export function exportObjects(ctx: Ctx, resource: Resource, query: ExportQuery, accepted: string): Reply {
  const format = query.format ?? formatOf(accepted) ?? 'csv';
  const columns = columnsOf(resource, query.fields);
  const isCsv = format === 'csv';
  const statement = exportStatement(ctx, resource, query, columns, isCsv ? 'array' : 'object');
  const headers = { 'Content-Disposition': `attachment; filename="${resource.name}.${format}"` };
  const produce = ({ begin, write }: StreamTarget) =>
    withCursor<ExportRow>(ctx, statement, async (fetch) => {
      let rows = await fetch();
      if (!begin(headers)) return;
      let isWanted = !isCsv || (await write(csvHeader(columns)));
      while (isWanted && rows.length > 0) {
        isWanted = await write(isCsv ? csvRows(columns, rows.map(cellsOf)) : rows.map(({ body }) => `${body}\n`).join(''));
        rows = isWanted ? await fetch() : [];
      }
    });
  const contentType = isCsv ? `${MEDIA_TYPES.csv}; charset=utf-8; header=present` : MEDIA_TYPES.ndjson;
  return ok(new TextStream(produce, { contentType, patienceMs: PATIENCE_MS }));
}

function cellsOf({ body }: ExportRow): unknown[] {
  return JSON.parse(body) as unknown[];
}

function columnsOf(resource: Resource, given: string | undefined): readonly Column[] {
  if (given === undefined) return defaultColumns(resource);
  const known = new Map(exportableColumns(resource).map((column) => [column.name, column]));
  const names = [...new Set(given.split(','))];
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length === 0) return names.map((name) => known.get(name) as Column);
  const message = `fields cannot be "${unknown.join(',').slice(0, 100)}"; allowed: ${[...known.keys()].join(', ')}`;
  throw invalidParameters.because(message, { errors: [{ pointer: 'fields', code: 'not_allowed', message }] });
}
