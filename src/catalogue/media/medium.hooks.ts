import type { TxContext } from '../../context/context';
import { queryAll } from '../../database/sql/statement';
import { send } from '../../jobs';
import { inUse } from '../../problems/common-problems';
import type { LockedWrite, PendingWrite } from '../../resource/write/pending-write';
import type { WriteHooks } from '../../resource/write/write-hooks';
import { isReferredTo } from './clean-up/is-referred-to';
import { unrecordedContent } from './clean-up/unrecorded-content.queue';
import type { Medium } from './medium.model';

/** The write hooks of media: refuse to delete what an image shows, and let the files go with the medium. */
export const mediumHooks: WriteHooks = {
  beforeDelete: async (tx, writes) => {
    const used = await usedOf(tx, writes);
    for (const write of writes) {
      if (used.has(write.id)) write.refuse(inUse.because('Images show this medium. Purge them first: DELETE /v1/images/{id}?force=true.'));
    }
  },
  afterWrite: async (tx, writes) => {
    for (const write of writes) if (write.operation === 'delete') await send(tx, unrecordedContent, { sha256: contentOf(write) });
  },
};

const USED = `SELECT m.id FROM media m WHERE m.id = ANY ($1::uuid[]) AND ${isReferredTo('m')}`;

async function usedOf(tx: TxContext, writes: readonly LockedWrite[]): Promise<ReadonlySet<string>> {
  const rows = await queryAll<{ id: string }>(tx, { text: USED, values: [writes.map(({ id }) => id)] });
  return new Set(rows.map(({ id }) => id));
}

function contentOf({ row }: PendingWrite): string {
  return (row as unknown as Medium).sha256;
}
