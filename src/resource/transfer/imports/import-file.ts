import { createHash } from 'node:crypto';
import type { Ctx } from '../../../context/context';
import { turnWait } from '../../../database/pool/waits/turns';
import type { Upload } from '../../../http/input/body/upload';
import type { Reply } from '../../../http/output/reply';
import { type Format, formatOf } from '../file/formats';
import { type ColumnFinder, columnFinder, PROBLEM_COLUMN } from '../file/header';
import { requireUtf8 } from '../file/require-utf8';
import { fileTooLarge, invalidFile } from '../problems';
import { rowParser } from '../rows/row-parser';
import { layoutOf, type TransferredResource } from '../transferred-resources';
import { importLater } from './import-later';
import { importNow } from './import-now';
import { importTurns } from './import-turns';
import { type ImportKey, onceByFile } from './once-by-file';
import { newImport } from './records/new-import';
import { type BatchSize, batchesOf } from './source/batches-of';
import { readerOf } from './source/reader-of';

/** What is imported while the client waits, in one unit of work. */
const MAX_BYTES_AT_ONCE = 2_097_152;
const MAX_ROWS_AT_ONCE = 2_000;
const AT_ONCE: BatchSize = { rows: MAX_ROWS_AT_ONCE + 1, bytes: 2 * MAX_BYTES_AT_ONCE };

/**
 * Imports the file of a request, once for each Idempotency-Key. A small one is imported at once and answered with its report (200); of a
 * larger one, and where the client prefers so, the file is kept and a job imports it (202). Throws `invalid_parameters` (400) for the
 * mapping, `invalid_file` (422) for a file without rows, in another encoding, or with wrong columns, and what `onceByFile` does.
 */
export async function importFile(ctx: Ctx, managed: TransferredResource, query: ImportQuery, upload: Upload): Promise<Reply> {
  const find = columnFinder(managed.resource, query.map);
  const parts = requireUtf8(upload.parts());
  try {
    return await onceByFile(ctx, upload, parts, (key) => importParts(ctx, managed, { query, find, upload, parts, key }));
  } finally {
    // What is not read is discarded, so that the client can send the rest and read the response.
    await parts.return(undefined);
  }
}

/** How a file is read. */
export interface ImportQuery {
  readonly map?: string | undefined;
  readonly layout?: string | undefined;
}

interface Given {
  readonly query: ImportQuery;
  readonly find: ColumnFinder;
  readonly upload: Upload;
  readonly parts: AsyncGenerator<Buffer>;
  readonly key: ImportKey | null;
}

async function importParts(ctx: Ctx, managed: TransferredResource, { query, find, upload, parts, key }: Given): Promise<Reply> {
  const { resource } = managed;
  const format = formatOf(upload.mediaType) as Format;
  const beginning = await readBeginning(parts);
  const { value: batch } = await batchesOf(streamOf(beginning.parts), readerOf(format), AT_ONCE).next();
  const rows = batch?.rows ?? [];
  const header = format === 'csv' ? ((rows[0]?.raw ?? []) as readonly string[]) : [];
  if (!batch || (rows.length === 0 && !batch.fault)) throw emptyFile();
  if (query.layout === undefined) refuseOtherLayout(managed, header, find);
  const layout = query.layout === undefined ? null : layoutOf(managed, query.layout).reader(requireCsv(format, header));
  const parse = rowParser(resource, format, header, find, layout);
  const ignoredColumns = layout?.ignoredColumns ?? header.filter((name) => find(name) === null && name !== PROBLEM_COLUMN);
  const given = newImport(ctx, resource.name, format, { mapping: query.map, layout: query.layout, header, ignoredColumns });
  const isSmall = beginning.isWhole && batch.isLast;
  if (ctx.dryRun && !isSmall) throw tooLargeToTry();
  if (!isSmall || (upload.prefersAsync && !ctx.dryRun)) return importLater(ctx, given, joined(beginning.parts, parts), key);
  const body = format === 'csv' ? rows.slice(1) : rows;
  const fileSha256 = beginning.parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
  const file = { batch: { ...batch, rows: body }, bytes: beginning.bytes, parse, layout };
  return importTurns.take(turnWait(ctx), () => importNow(ctx, managed, { ...given, fileSha256 }, file, key));
}

interface Beginning {
  readonly parts: readonly Buffer[];
  readonly bytes: number;
  readonly isWhole: boolean;
}

async function readBeginning(parts: AsyncGenerator<Buffer>): Promise<Beginning> {
  const read: Buffer[] = [];
  let bytes = 0;
  while (bytes <= MAX_BYTES_AT_ONCE) {
    const { value, done } = await parts.next();
    if (done) return { parts: read, bytes, isWhole: true };
    read.push(value);
    bytes += value.length;
  }
  return { parts: read, bytes, isWhole: false };
}

async function* streamOf(parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts;
}

async function* joined(beginning: readonly Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield* beginning;
  yield* rest;
}

/* Whoever moves in from another shop may not know of the parameter. */
function refuseOtherLayout({ resource, layouts = [] }: TransferredResource, header: readonly string[], find: ColumnFinder): void {
  const likely = header.some((name) => find(name) === undefined) && layouts.find((layout) => layout.matches(header));
  if (!likely) return;
  const message = `The file is ${likely.title}. Send it to ${resource.prefix}/import?layout=${likely.name}`;
  throw invalidFile.because(`${message}. Nothing was imported.`, { errors: [{ pointer: '', code: 'other_layout', message }] });
}

function requireCsv(format: Format, header: readonly string[]): readonly string[] {
  if (format === 'csv') return header;
  const message = 'A file of another layout must be CSV';
  throw invalidFile.because(`${message}. Nothing was imported.`, { errors: [{ pointer: '', code: 'wrong_format', message }] });
}

function tooLargeToTry() {
  return fileTooLarge.because(`A dry run takes at most ${MAX_ROWS_AT_ONCE} rows and ${MAX_BYTES_AT_ONCE} bytes. Try a part of the file.`);
}

function emptyFile() {
  return invalidFile.because('The file is empty. Send a header and rows, or lines of JSON.', {
    errors: [{ pointer: '', code: 'empty_file', message: 'The file is empty' }],
  });
}
