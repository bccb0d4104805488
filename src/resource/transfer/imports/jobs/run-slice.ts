import type { Ctx, TxContext } from '../../../../context/context';
import { lockName } from '../../../../database/locks';
import { unitOfWork } from '../../../../database/transaction/unit-of-work';
import { send } from '../../../../jobs';
import { columnFinder } from '../../file/header';
import type { LayoutReader } from '../../layouts/file-layout';
import { type RowGroups, sameKey } from '../../layouts/same-key';
import type { ImportRow } from '../../rows/import-row';
import { importRows } from '../../rows/import-rows';
import { type RowParser, rowParser } from '../../rows/row-parser';
import { RowValidator } from '../../rows/row-validator';
import { layoutOf, transferredResource } from '../../transferred-resources';
import { keptRow } from '../kept/kept-row';
import { KeptRow } from '../kept/kept-row.model';
import { advanceImport } from '../records/advance-import.statement';
import { Import } from '../records/import.model';
import { tallyOf } from '../records/tally';
import { type BatchSize, batchesOf } from '../source/batches-of';
import { fileFrom } from '../source/file-chunks';
import { readerOf } from '../source/reader-of';
import { type ReadyBatch, readyBatches } from '../source/ready-batches';
import { importQueue } from './import.queue';
import { importContext } from './import-context';
import { importWaiting } from './import-waiting';
import { stopWithoutPermission } from './stop-import';
import { WriteAhead } from './write-ahead';

const BATCH: BatchSize = { rows: 1_000, bytes: 4_194_304 };
/* Well within what a job may take, so that another process never takes one that is alive. */
const SLICE_MS = 10_000;

/**
 * Imports the next rows of a file for some seconds. Each batch commits with the position behind it, so that it is imported once whatever
 * is killed; the last one sends the job of the next slice.
 */
export async function runSlice(ctx: Ctx, importId: string, signal: AbortSignal): Promise<void> {
  const record = await Import.findByPk(importId);
  if (record?.status !== 'running') return;
  const own = await importContext(ctx, record);
  if (!own) return stopWithoutPermission(ctx, record);
  const slice = new Slice(own, record, signal);
  if (record.isRead || (await slice.readFile())) await slice.importWaiting();
}

class Slice {
  readonly #until = performance.now() + SLICE_MS;
  readonly #parse: RowParser;
  readonly #validator: RowValidator;
  readonly #managed;
  readonly #layout: LayoutReader | null;
  readonly #groups: RowGroups | null;
  #readBytes: number;
  #nextLine: number;

  constructor(
    private readonly ctx: Ctx,
    private readonly record: Import,
    private readonly signal: AbortSignal,
  ) {
    const { resource, format, header, mapping, layout } = record;
    this.#managed = transferredResource(resource);
    const find = columnFinder(this.#managed.resource, mapping ?? undefined);
    this.#layout = layout === null ? null : layoutOf(this.#managed, layout).reader(header);
    this.#groups = this.#layout ?? (this.#managed.writeParts ? sameKey(this.#managed.resource, format, header, find) : null);
    this.#parse = rowParser(this.#managed.resource, format, header, find, this.#layout);
    this.#validator = new RowValidator(this.#managed.resource, format === 'csv');
    this.#readBytes = Number(record.readBytes);
    this.#nextLine = Number(record.nextLine);
  }

  /** Imports the file from where it stands; returns whether that was all of it. */
  async readFile(): Promise<boolean> {
    const { id, format } = this.record;
    const reader = readerOf(format, { offset: this.#readBytes, line: this.#nextLine });
    const hasHeader = format === 'csv' && this.#readBytes === 0;
    const read = batchesOf(fileFrom(id, Number(this.record.fileBytes), this.#readBytes), reader, BATCH, this.#groups);
    const batches = readyBatches(read, hasHeader, this.#parse, this.#validator);
    const ahead = new WriteAhead(this.#managed);
    try {
      const isRead = await this.#writeAll(batches, ahead);
      await ahead.end();
      return isRead;
    } catch (error) {
      // Nothing of this slice runs on beside the next one; what the last batch throws follows from this error.
      await ahead.end().catch(() => undefined);
      throw error;
    }
  }

  /** Imports the rows that waited for others, as far as these have come. */
  async importWaiting(): Promise<void> {
    const { id, changeSetId } = this.record;
    let isDone = false;
    while (!isDone) {
      const goesOn = !this.#isOver();
      isDone = await unitOfWork(
        this.ctx,
        async (tx) => {
          const { status } = await this.#lock(tx, this.#readBytes);
          if (status === 'done') return true;
          const rest = await importWaiting(tx, this.#managed, this.record, this.#parse, this.#validator, this.#layout);
          if (rest > 0 && !goesOn) await send(tx, importQueue, { importId: id });
          return rest === 0 || !goesOn;
        },
        { changeSetId },
      );
    }
  }

  /* Returns whether the last batch of the file is among those that it wrote, or began to write. */
  async #writeAll(batches: AsyncGenerator<ReadyBatch>, ahead: WriteAhead): Promise<boolean> {
    let { value: batch } = await batches.next();
    while (batch) {
      const current: ReadyBatch = batch;
      const goesOn = !this.#isOver();
      // While PostgreSQL writes, the next batch is read and validated.
      const next = current.isLast || !goesOn ? undefined : batches.next();
      next?.catch(() => undefined);
      await ahead.write(current.ready, (before) => this.#import(current, goesOn, before));
      if (current.isLast || !goesOn) return goesOn;
      batch = (await next)?.value;
    }
    return true;
  }

  /* Imports a batch; it is written beside the batch before, and commits behind it. */
  async #import({ rows: read, ready, isLast, fault }: ReadyBatch, goesOn: boolean, before: Promise<void>): Promise<void> {
    const { id, changeSetId } = this.record;
    let unused: readonly ImportRow[] | null = ready;
    const last = read.at(-1);
    const from = this.#readBytes;
    const readBytes = isLast ? Number(this.record.fileBytes) : (last?.end ?? this.#readBytes);
    const nextLine = last?.nextLine ?? this.#nextLine;
    this.#readBytes = readBytes;
    this.#nextLine = nextLine;
    await unitOfWork(
      this.ctx,
      async (tx) => {
        await this.#enter(tx, from);
        // A row has its outcome once, so a unit of work that is repeated parses them again.
        const rows = unused ?? read.map(this.#parse);
        unused = null;
        await importRows(tx, this.#managed, rows, { validator: this.#validator, mayDefer: true, layout: this.#layout });
        await before.catch((cause: unknown) => {
          throw new Error('The batch before was not imported.', { cause });
        });
        await this.#lock(tx, from);
        const kept = rows.filter(({ outcome }) => outcome === 'failed' || outcome === 'deferred');
        await KeptRow.bulkCreate(
          kept.map((row) => keptRow(id, row)),
          { transaction: tx.transaction },
        );
        await advanceImport(tx, id, { readBytes, nextLine, isRead: isLast, released: 0 }, tallyOf(rows, fault));
        if (!goesOn) await send(tx, importQueue, { importId: id });
      },
      { changeSetId },
    );
  }

  /*
   * Begins the batch at a position of the file. Two processes may have the same job, where one was thought dead: the later one waits here,
   * and throws before it has written anything.
   */
  async #enter(tx: TxContext, from: number): Promise<void> {
    const { id } = this.record;
    await lockName(tx, `import ${id} from ${from}`);
    const current = await Import.findByPk(id, { transaction: tx.transaction });
    if (!current || Number(current.readBytes) > from) throw anotherProcess();
  }

  /* Locks the import, which must stand where it was left: the batch before has committed, and nobody else's. */
  async #lock({ transaction }: TxContext, readBytes: number): Promise<Import> {
    const current = await Import.findByPk(this.record.id, { lock: transaction.LOCK.UPDATE, transaction });
    if (current && current.status !== 'failed' && Number(current.readBytes) === readBytes) return current;
    throw anotherProcess();
  }

  #isOver(): boolean {
    return this.signal.aborted || performance.now() > this.#until;
  }
}

function anotherProcess(): Error {
  return new Error('Another process goes on with this import, or has stopped it.');
}
