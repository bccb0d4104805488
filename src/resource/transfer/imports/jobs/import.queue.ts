import type { Ctx } from '../../../../context/context';
import { unitOfWork } from '../../../../database/transaction/unit-of-work';
import { defineQueue } from '../../../../jobs';
import { object, uuid } from '../../../../schema/schema';
import { Import } from '../records/import.model';
import { runSlice } from './run-slice';

const RETRY_LIMIT = 20;

/** Imports files that are too large to wait for, a slice at a time. */
export const importQueue = defineQueue({
  name: 'imports',
  reason: 'A file is imported',
  data: object({ importId: uuid() }),
  // A slice is retaken soon after its process is killed, and an import is never given up for a few kills.
  expireInSeconds: 30,
  retryLimit: RETRY_LIMIT,
  pollSeconds: 1,
  transaction: 'none',
  work: async (ctx, { data, signal, attempt }) => {
    try {
      await runSlice(ctx, data.importId, signal);
    } catch (error) {
      if (attempt > RETRY_LIMIT) await failImport(ctx, data.importId);
      throw error;
    }
  },
});

/* The same file with the same Idempotency-Key continues it. */
function failImport(ctx: Ctx, id: string) {
  return unitOfWork(ctx, ({ transaction }) =>
    Import.update({ status: 'failed', finishedAt: new Date() }, { where: { id, status: 'running' }, transaction }),
  );
}
