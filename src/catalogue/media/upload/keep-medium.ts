import { v7 } from 'uuid';
import type { Ctx, TxContext } from '../../../context/context';
import { lockName } from '../../../database/locks';
import { replyOnce } from '../../../http/idempotency/reply-once';
import { created, ok, type Reply } from '../../../http/output/reply';
import { readObject } from '../../../resource/read/read-one';
import type { ObjectStorage } from '../../../storage/object-storage';
import { storageUnavailable } from '../../../storage/problems';
import { storageOf } from '../../../storage/storage-of';
import { UnusedMedium } from '../clean-up/unused-medium.model';
import { Medium } from '../medium.model';
import { media } from '../medium.resource';
import { ORIGINAL } from '../original/read-original';
import { variantsOf } from '../variants/variant';
import { fileNameOf } from './file-name';
import type { InspectedImage } from './inspect-image';
import type { ReceivedFile } from './receive-file';

/* Each further attempt is for a clean-up that deleted the file between storing and recording it. */
const MAX_ATTEMPTS = 3;

/** Returns what identifies a content among locks: whoever records or deletes it takes the lock. */
export function contentLock(sha256: string): string {
  return `media ${sha256}`;
}

/**
 * Stores a file and records it, and returns the reply with the medium: 201, or 200 where these bytes were uploaded before. Stored first and
 * recorded then, so a process that is killed leaves at most a file that nothing refers to, which the clean-up finds. A dry run stores nothing.
 */
export async function keepMedium(ctx: Ctx, file: ReceivedFile, image: InspectedImage): Promise<Reply> {
  const storage = storageOf(ctx);
  const key = { sha256: file.sha256, name: ORIGINAL };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    if (!ctx.dryRun && !(await storage.has(key))) await storage.put(key, file, image.mediaType);
    const reply = await replyOnce(ctx, (tx) => record(tx, storage, file, image), { rows: [contentLock(file.sha256)] });
    if (reply) return reply;
  }
  throw storageUnavailable.because('The file was deleted while it was uploaded. Send it again.', { headers: { 'Retry-After': '1' } });
}

/* Null where the file is no longer stored. Under the lock nobody deletes it. */
async function record(tx: TxContext, storage: ObjectStorage, file: ReceivedFile, image: InspectedImage): Promise<Reply | null> {
  const { transaction } = tx;
  const { sha256, bytes } = file;
  await lockName(tx, contentLock(sha256));
  if (!tx.dryRun && !(await storage.has({ sha256, name: ORIGINAL }))) return null;
  const known = await Medium.findOne({ where: { sha256 }, attributes: ['id'], transaction });
  if (known) {
    // It is wanted again, so its day begins anew.
    await UnusedMedium.destroy({ where: { id: known.id }, transaction });
    return ok((await readObject(tx, media, known.id)).text);
  }
  const { mediaType, width, height } = image;
  const id = v7();
  const fileName = fileNameOf(file.fileName, mediaType);
  await Medium.create({ id, fileName, mediaType, bytes, sha256, width, height, variants: variantsOf(sha256, image) }, { transaction });
  return created(`${media.prefix}/${id}`, (await readObject(tx, media, id)).text);
}
