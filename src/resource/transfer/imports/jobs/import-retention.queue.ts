import { literal, Op } from 'sequelize';
import { defineQueue } from '../../../../jobs';
import { object } from '../../../../schema/schema';
import { Import } from '../records/import.model';
import { ImportChunk } from '../records/import-chunk.model';
import { KeptRow } from '../records/kept-row.model';

const DAY_MS = 86_400_000;
/* A file that never arrived whole is no use to anybody; one that is imported is kept for questions about it. */
const UPLOAD_DAYS = 1;
const FILE_DAYS = 3;
const ROWS_DAYS = 30;

/**
 * Deletes the files of imports three days after their end, refused rows and what the report quotes of them after thirty, and uploads that
 * broke off after one.
 */
export const importRetentionQueue = defineQueue({
  name: 'import-retention',
  reason: 'The files of imports are kept for some days',
  data: object({}),
  schedule: '23 * * * *',
  transaction: 'managed',
  work: async ({ transaction }) => {
    const before = (days: number) => ({ [Op.lt]: new Date(Date.now() - days * DAY_MS) });
    await Import.destroy({ where: { status: 'uploading', createdAt: before(UPLOAD_DAYS) }, transaction });
    await ImportChunk.destroy({ where: { importId: { [Op.in]: endedBefore(FILE_DAYS) } }, transaction });
    await KeptRow.destroy({ where: { importId: { [Op.in]: endedBefore(ROWS_DAYS) } }, transaction });
    // A message may quote a value of a refused row.
    const where = { finishedAt: before(ROWS_DAYS), [Op.or]: [{ errors: { [Op.ne]: [] } }, { header: { [Op.ne]: [] } }] };
    await Import.update(
      { errors: [], header: [], moreErrors: literal('more_errors + jsonb_array_length(errors)') as never },
      { where, transaction },
    );
  },
});

function endedBefore(days: number) {
  return literal(`(SELECT id FROM imports WHERE status IN ('done', 'failed') AND finished_at < now() - interval '${days} days')`);
}
