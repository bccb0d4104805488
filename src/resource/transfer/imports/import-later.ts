import { createHash } from 'node:crypto';
import type { Ctx } from '../../../context/context';
import { replyOnce } from '../../../http/idempotency/reply-once';
import type { Reply } from '../../../http/output/reply';
import { send } from '../../../jobs';
import { readObject } from '../../read/read-one';
import { importQueue } from './jobs/import.queue';
import { beginUpload, discardUpload, keepPart } from './kept/uploads';
import type { ImportKey } from './once-by-file';
import { Import } from './records/import.model';
import { imports } from './records/import.resource';
import type { NewImport } from './records/new-import';
import { chunksOf } from './source/file-chunks';
import { requireFileSize } from './source/file-size';

/**
 * Keeps the file of an import, compressed and in chunks, as it arrives, and lets jobs import it; returns the reply with its progress (202).
 * A file that breaks off leaves nothing behind. Throws `file_too_large` (413), `request_in_progress` (409) where a file arrives under the
 * key already, and what `replyOnce` does.
 */
export async function importLater(ctx: Ctx, given: NewImport, parts: AsyncIterable<Buffer>, key: ImportKey | null): Promise<Reply> {
  const id = await beginUpload(ctx, given, key?.text ?? null);
  try {
    const { bytes, fileSha256 } = await keepFile(ctx, id, parts);
    const keyed: Ctx = key ? { ...ctx, requestKey: key.digests(fileSha256) } : ctx;
    const reply = await replyOnce(keyed, async (tx) => {
      const end = { status: 'running', idempotencyKey: null, fileBytes: bytes, fileSha256 } as const;
      await Import.update(end, { where: { id }, transaction: tx.transaction });
      await send(tx, importQueue, { importId: id });
      return { status: 202, body: (await readObject(tx, imports, id)).text, headers: { Location: `${imports.prefix}/${id}` } };
    });
    // Nothing to discard, unless a twin was first.
    if (reply.headers?.Location !== `${imports.prefix}/${id}`) await discardUpload(ctx, id);
    return reply;
  } catch (error) {
    await discardUpload(ctx, id).catch(() => undefined);
    throw error;
  }
}

async function keepFile(ctx: Ctx, id: string, parts: AsyncIterable<Buffer>): Promise<{ bytes: number; fileSha256: string }> {
  const sha256 = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunksOf(parts)) {
    requireFileSize(bytes + chunk.length);
    await keepPart(ctx, id, bytes, chunk);
    sha256.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, fileSha256: sha256.digest('hex') };
}
