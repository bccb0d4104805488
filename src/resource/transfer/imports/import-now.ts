import type { Ctx } from '../../../context/context';
import { replyOnce } from '../../../http/idempotency/reply-once';
import { ok, type Reply } from '../../../http/output/reply';
import { readObject } from '../../read/read-one';
import type { LayoutReader } from '../layouts/file-layout';
import { importRows } from '../rows/import-rows';
import type { RowParser } from '../rows/row-parser';
import { RowValidator } from '../rows/row-validator';
import type { TransferredResource } from '../transferred-resources';
import { keptRow } from './kept/kept-row';
import { KeptRow } from './kept/kept-row.model';
import type { ImportKey } from './once-by-file';
import { Import } from './records/import.model';
import { imports } from './records/import.resource';
import type { NewImport } from './records/new-import';
import { tallyOf } from './records/tally';
import type { FileBatch } from './source/batches-of';

/** Imports a whole file in one unit of work, and returns the reply with its report (200); throws as `replyOnce` does. */
export async function importNow(
  ctx: Ctx,
  managed: TransferredResource,
  given: NewImport & { readonly fileSha256: string },
  file: WholeFile,
  key: ImportKey | null,
): Promise<Reply> {
  return replyOnce(
    key ? { ...ctx, requestKey: key.digests(given.fileSha256) } : ctx,
    async (tx) => {
      const { transaction } = tx;
      const rows = file.batch.rows.map(file.parse);
      await importRows(tx, managed, rows, {
        validator: new RowValidator(managed.resource, given.format === 'csv'),
        mayDefer: false,
        layout: file.layout,
      });
      const { errorCount, ...tally } = tallyOf(rows, file.batch.fault);
      const end = { status: 'done', fileBytes: file.bytes, readBytes: file.bytes, isRead: true, finishedAt: new Date() } as const;
      const record = await Import.create({ ...given, ...end, ...tally, moreErrors: errorCount - tally.errors.length }, { transaction });
      await KeptRow.bulkCreate(
        rows.filter(({ outcome }) => outcome === 'failed').map((row) => keptRow(record.id, row)),
        { transaction },
      );
      return ok((await readObject(tx, imports, record.id)).text);
    },
    { changeSetId: given.changeSetId },
  );
}

/** A file that is read already. */
export interface WholeFile {
  readonly batch: FileBatch;
  readonly bytes: number;
  readonly parse: RowParser;
  readonly layout: LayoutReader | null;
}
