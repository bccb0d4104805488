import type { Ctx } from '../../../context/context';
import { unitOfWork } from '../../../database/transaction/unit-of-work';
import { defineQueue, type Job, type Queue, send } from '../../../jobs';
import { object, optional, text } from '../../../schema/schema';
import { storageOf } from '../../../storage/storage-of';
import { Medium } from '../medium.model';
import { deleteAbandonedFiles } from './abandoned-files';
import { unrecordedContent } from './unrecorded-content.queue';

/* What was stored later may be about to be recorded. */
const GRACE_MS = 86_400_000;
const SLICE = 500;

interface Position {
  readonly after?: string;
}

/** Looks through all stored files every night, some at a time, for contents that no medium has, and for uploads that broke off. */
export const storedFiles: Queue<Position> = defineQueue({
  name: 'check-stored-files',
  reason: 'Files that no medium has are deleted after a day.',
  data: object({ after: optional(text(64, 64)) }) as never,
  schedule: '41 3 * * *',
  policy: 'stately',
  transaction: 'none',
  work: checkStoredFiles,
});

async function checkStoredFiles(ctx: Ctx, { data: { after = '' } }: Job<Position>): Promise<void> {
  const storage = storageOf(ctx);
  if (after === '') await deleteAbandonedFiles(storage.incoming, GRACE_MS);
  const contents = await storage.listAfter(after, SLICE);
  const last = contents?.at(-1)?.sha256;
  if (!contents || last === undefined) return;
  const old = contents.filter(({ storedAt }) => storedAt.getTime() < Date.now() - GRACE_MS).map(({ sha256 }) => sha256);
  await unitOfWork(ctx, async (tx) => {
    const rows = await Medium.findAll({ where: { sha256: old }, attributes: ['sha256'], transaction: tx.transaction });
    const recorded = new Set(rows.map(({ sha256 }) => sha256));
    for (const sha256 of old) if (!recorded.has(sha256)) await send(tx, unrecordedContent, { sha256 });
    await send(tx, storedFiles, { after: last });
  });
}
