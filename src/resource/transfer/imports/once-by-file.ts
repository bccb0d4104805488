import { createHash } from 'node:crypto';
import type { Ctx } from '../../../context/context';
import { actorId } from '../../../context/permission';
import type { RequestKey } from '../../../context/request-key';
import { earlierReply } from '../../../http/idempotency/reply-once';
import type { Upload } from '../../../http/input/body/upload';
import type { Reply } from '../../../http/output/reply';
import { IdempotencyKey } from '../../../idempotency/idempotency-key.model';
import { oneAtATime } from '../../../idempotency/one-at-a-time';
import { requestKey } from '../../../idempotency/request-key';
import { inProgress } from '../../../idempotency/stored-reply';
import { continueImport } from './continue-import';
import { requireFileSize } from './source/file-size';

/** The Idempotency-Key of an import, whose file is read as it arrives. */
export interface ImportKey {
  readonly text: string;
  /** Returns the digests of the request, once the SHA-256 of the file is known. */
  digests(fileSha256: string): RequestKey;
}

/**
 * Runs an import under the Idempotency-Key of its upload, and returns its reply; where the key has one already, reads the file for its
 * digest only, and returns that reply. An import that failed continues then. Without a key, or in a dry run, just runs it. Throws
 * `idempotency_key_reused` (422) for another request under the key, `request_in_progress` (409) where a twin is running.
 */
export async function onceByFile(
  ctx: Ctx,
  upload: Upload,
  parts: AsyncIterable<Buffer>,
  run: (key: ImportKey | null) => Promise<Reply>,
): Promise<Reply> {
  const { idempotencyKey, method, url } = upload;
  if (idempotencyKey === null || ctx.dryRun) return run(null);
  const digests = (bodySha256: string) =>
    requestKey({ key: idempotencyKey, userId: actorId(ctx.actor), anonymousOwner: '', method, url, bodySha256, secret: null });
  // The id of the record does not depend on the file.
  const { id } = digests('');
  return oneAtATime(ctx.sequelize, { id }, async () => {
    if ((await IdempotencyKey.count({ where: { id } })) === 0) return run({ text: idempotencyKey, digests });
    const reply = await earlierReply(ctx, digests(await sha256Of(parts)));
    // Its record has expired since.
    if (!reply) throw inProgress();
    await continueImport(ctx, reply);
    return reply;
  });
}

async function sha256Of(parts: AsyncIterable<Buffer>): Promise<string> {
  const sha256 = createHash('sha256');
  let bytes = 0;
  for await (const part of parts) {
    bytes += part.length;
    requireFileSize(bytes);
    sha256.update(part);
  }
  return sha256.digest('hex');
}
