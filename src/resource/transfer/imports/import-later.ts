import { createHash } from 'node:crypto';
import type { Ctx } from '../../../context/context';
import { unitOfWork } from '../../../database/transaction/unit-of-work';
import type { Reply } from '../../../http/output/reply';
import { send } from '../../../jobs';
import { readObject } from '../../read/read-one';
import { fileTooLarge } from '../problems';
import { importQueue } from './jobs/import.queue';
import { Import } from './records/import.model';
import { imports } from './records/import.resource';
import type { NewImport } from './records/new-import';
import { chunksOf, keepChunk } from './source/file-chunks';

/** The largest file, decompressed: about ten million rows. */
const MAX_FILE_BYTES = 2_147_483_648;

/**
 * Keeps the file of an import, compressed and in chunks, as it arrives, and lets jobs import it; returns the reply with its progress (202).
 * A file that breaks off leaves nothing behind. Throws `file_too_large` (413).
 */
export async function importLater(ctx: Ctx, given: NewImport, parts: AsyncIterable<Buffer>): Promise<Reply> {
  const { id } = await unitOfWork(ctx, ({ transaction }) => Import.create({ ...given, status: 'uploading' }, { transaction }));
  const sha256 = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(parts)) {
      if (bytes + chunk.length > MAX_FILE_BYTES)
        throw fileTooLarge.because(`The file must be at most ${MAX_FILE_BYTES} bytes, decompressed.`);
      await unitOfWork(ctx, (tx) => keepChunk(tx, id, bytes, chunk));
      sha256.update(chunk);
      bytes += chunk.length;
    }
  } catch (error) {
    await unitOfWork(ctx, ({ transaction }) => Import.destroy({ where: { id }, transaction }));
    throw error;
  }
  return unitOfWork(ctx, async (tx) => {
    const end = { status: 'running', fileBytes: bytes, fileSha256: sha256.digest('hex') } as const;
    await Import.update(end, { where: { id }, transaction: tx.transaction });
    await send(tx, importQueue, { importId: id });
    return { status: 202, body: (await readObject(tx, imports, id)).text, headers: { Location: `${imports.prefix}/${id}` } };
  });
}
