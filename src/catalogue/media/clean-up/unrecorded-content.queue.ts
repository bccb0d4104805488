import type { TxContext } from '../../../context/context';
import { lockName } from '../../../database/locks';
import { defineQueue, type Job, type Queue } from '../../../jobs';
import { object, text } from '../../../schema/schema';
import { storageOf } from '../../../storage/storage-of';
import { Medium } from '../medium.model';
import { contentLock } from '../upload/keep-medium';

interface Content {
  readonly sha256: string;
}

/** Deletes the files of a content that no medium has. */
export const unrecordedContent: Queue<Content> = defineQueue({
  name: 'delete-unrecorded-content',
  reason: 'Files are deleted with the medium that they belong to.',
  data: object({ sha256: text(64, 64) }),
  transaction: 'managed',
  work: deleteUnrecorded,
});

/* Under the lock nobody records the content: an upload that stored it already finds it gone, and stores it again. */
async function deleteUnrecorded(tx: TxContext, { data: { sha256 } }: Job<Content>): Promise<void> {
  await lockName(tx, contentLock(sha256));
  if ((await Medium.count({ where: { sha256 }, transaction: tx.transaction })) > 0) return;
  await storageOf(tx).deleteAll(sha256);
}
