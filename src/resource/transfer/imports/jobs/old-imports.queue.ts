import { literal, Op } from 'sequelize';
import type { TxContext } from '../../../../context/context';
import { defineQueue, type Queue, send } from '../../../../jobs';
import { object } from '../../../../schema/schema';
import { ImportChunk } from '../kept/import-chunk.model';
import { KeptRow } from '../kept/kept-row.model';
import { Import } from '../records/import.model';

/* A file that never arrived whole is no use to anybody; one that is imported is kept for questions about it. */
const UPLOAD_DAYS = 1;
const FILE_DAYS = 3;
const ROWS_DAYS = 30;
/* Chunks are 256 KiB each, rows short. */
const CHUNKS_PER_JOB = 1_000;
const ROWS_PER_JOB = 10_000;

/**
 * Deletes the files of imports three days after their end, refused rows and what the report quotes of them after thirty, and uploads that
 * broke off after one; some at a time.
 */
export const oldImports: Queue<object> = defineQueue({
  name: 'delete-old-imports',
  reason: `The files of imports are kept for ${FILE_DAYS} days, their refused rows for ${ROWS_DAYS}.`,
  data: object({}),
  schedule: '23 * * * *',
  policy: 'stately',
  transaction: 'managed',
  work: deleteOldImports,
});

async function deleteOldImports(tx: TxContext): Promise<void> {
  const { transaction } = tx;
  const brokenOff = selection(`status = 'uploading' AND created_at < now() - interval '${UPLOAD_DAYS} days'`);
  const readLongAgo = selection(`status IN ('done', 'failed') AND finished_at < now() - interval '${FILE_DAYS} days'`);
  const endedLongAgo = selection(`status IN ('done', 'failed') AND finished_at < now() - interval '${ROWS_DAYS} days'`);
  const files = { importId: { [Op.or]: [brokenOff, readLongAgo] } };
  const chunks = await ImportChunk.destroy({ where: files, limit: CHUNKS_PER_JOB, transaction });
  const rows = await KeptRow.destroy({ where: { importId: endedLongAgo }, limit: ROWS_PER_JOB, transaction });
  if (chunks === CHUNKS_PER_JOB || rows === ROWS_PER_JOB) {
    await send(tx, oldImports, {});
    return;
  }
  await Import.destroy({ where: { id: brokenOff }, transaction });
  // A message may quote a value of a refused row.
  const where = { id: endedLongAgo, [Op.or]: [{ errors: { [Op.ne]: [] } }, { header: { [Op.ne]: [] } }] };
  const moreErrors = literal('more_errors + jsonb_array_length(errors)') as never;
  await Import.update({ errors: [], header: [], moreErrors }, { where, transaction });
}

function selection(condition: string) {
  return { [Op.in]: literal(`(SELECT id FROM imports WHERE ${condition})`) };
}
