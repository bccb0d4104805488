import { literal, Op } from 'sequelize';
import type { Ctx, TxContext } from '../../../../context/context';
import { databaseFault } from '../../../../database/sql/database-error';
import { unitOfWork } from '../../../../database/transaction/unit-of-work';
import { inProgress } from '../../../../idempotency/stored-reply';
import { Import } from '../records/import.model';
import type { NewImport } from '../records/new-import';
import { keepChunk } from '../source/file-chunks';

/**
 * Begins to keep the file of an import, and returns its id. Throws `request_in_progress` (409) where another process receives a file under
 * the same Idempotency-Key; one that has received nothing for REQUEST_TIMEOUT_MS was killed, and gives way.
 */
export async function beginUpload(ctx: Ctx, given: NewImport, idempotencyKey: string | null): Promise<string> {
  try {
    return await unitOfWork(ctx, async (tx) => {
      if (idempotencyKey !== null) await discardBroken(tx, given.actorId ?? null, idempotencyKey);
      const { id } = await Import.create({ ...given, idempotencyKey, status: 'uploading' }, { transaction: tx.transaction });
      return id;
    });
  } catch (error) {
    if (databaseFault(error)?.constraint === 'imports_idempotency_key_key') throw inProgress();
    throw error;
  }
}

/** Keeps the next part of an import's file; throws `request_in_progress` (409) where another process has taken its place. */
export async function keepPart(ctx: Ctx, id: string, startsAt: number, part: Buffer): Promise<void> {
  await unitOfWork(ctx, async (tx) => {
    const where = { id, status: 'uploading' } as const;
    const [kept] = await Import.update({ fileBytes: startsAt + part.length }, { where, transaction: tx.transaction });
    if (kept === 0) throw inProgress();
    await keepChunk(tx, id, startsAt, part);
  });
}

/** Deletes what was kept of a file that will not arrive. */
export async function discardUpload(ctx: Ctx, id: string): Promise<void> {
  await unitOfWork(ctx, ({ transaction }) => Import.destroy({ where: { id, status: 'uploading' }, transaction }));
}

async function discardBroken({ env, transaction }: TxContext, actorId: string | null, idempotencyKey: string): Promise<void> {
  const updatedAt = { [Op.lt]: literal(`now() - interval '${env.REQUEST_TIMEOUT_MS} milliseconds'`) };
  await Import.destroy({ where: { actorId, idempotencyKey, status: 'uploading', updatedAt }, transaction });
}
