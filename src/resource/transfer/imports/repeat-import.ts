import { createHash } from 'node:crypto';
import type { Ctx } from '../../../context/context';
import { actorId } from '../../../context/permission';
import { unitOfWork } from '../../../database/transaction/unit-of-work';
import type { Reply } from '../../../http/output/reply';
import { idempotencyKeyReused } from '../../../idempotency/problems';
import { send } from '../../../jobs';
import { readObject } from '../../read/read-one';
import { importQueue } from './jobs/import.queue';
import { Import } from './records/import.model';
import { imports } from './records/import.resource';

/**
 * Returns the import that the actor began with an idempotency key, null for none. One whose file never arrived whole is forgotten, because
 * nothing of it was imported.
 */
export async function importOfKey(ctx: Ctx, idempotencyKey: string | null): Promise<Import | null> {
  if (idempotencyKey === null) return null;
  const where = { actorId: actorId(ctx.actor), idempotencyKey };
  const known = await Import.findOne({ where });
  if (known?.status !== 'uploading') return known;
  await unitOfWork(ctx, ({ transaction }) => Import.destroy({ where: { ...where, status: 'uploading' }, transaction }));
  return null;
}

/**
 * Returns the reply of an import that was begun before with the same key and file; one that failed continues where it stopped. Throws
 * `idempotency_key_reused` (422) for another file.
 */
export async function repeatImport(ctx: Ctx, { id, fileSha256, isRead }: Import, parts: AsyncIterable<Buffer>): Promise<Reply> {
  const sha256 = createHash('sha256');
  for await (const part of parts) sha256.update(part);
  if (sha256.digest('hex') !== fileSha256) {
    throw idempotencyKeyReused.because('This Idempotency-Key came with another file before. Send a new key with a new file.');
  }
  return unitOfWork(ctx, async (tx) => {
    const { transaction } = tx;
    const [continued] = await Import.update({ status: 'running', finishedAt: null }, { where: { id, status: 'failed' }, transaction });
    if (continued > 0) await send(tx, importQueue, { importId: id });
    const { text } = await readObject(tx, imports, id);
    const isDone = continued === 0 && isRead;
    return {
      status: isDone ? 200 : 202,
      body: text,
      headers: { 'Idempotency-Replayed': 'true', ...(!isDone && { Location: `${imports.prefix}/${id}` }) },
    };
  });
}
