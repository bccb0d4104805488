import { createHash } from 'node:crypto';
import type { Ctx } from '../../../context/context';
import { actorId } from '../../../context/permission';
import { Turns, turnWait } from '../../../database/pool/waits/turns';
import type { Upload } from '../../../http/input/body/upload';
import type { Reply } from '../../../http/output/reply';
import { oneAtATime } from '../../../idempotency/one-at-a-time';
import { requestKey } from '../../../idempotency/request-key';
import { inspectImage } from './inspect-image';
import { keepMedium } from './keep-medium';
import { type ReceivedFile, withReceivedFile } from './receive-file';

/* Each has a file of MEDIA_MAX_BYTES at most on the disk until it is whole. */
const MOST_UPLOADS = 16;
const MOST_WAITING = 64;
const uploadTurns = new Turns(MOST_UPLOADS, MOST_WAITING);

/**
 * Keeps the image of a request, once for each content and each Idempotency-Key, and returns the reply with the medium (201, or 200 where
 * the same bytes were there). Throws as `withReceivedFile`, `inspectImage` and `replyOnce` do.
 */
export function uploadMedium(ctx: Ctx, upload: Upload, fileName: string | undefined): Promise<Reply> {
  return uploadTurns.take(turnWait(ctx), () =>
    withReceivedFile(ctx, upload, fileName, async (file) => {
      const image = await inspectImage(ctx, file.path);
      const key = keyOf(ctx, upload, file);
      if (!key) return keepMedium(ctx, file, image);
      return oneAtATime(ctx.sequelize, key, () => keepMedium({ ...ctx, requestKey: key }, file, image));
    }),
  );
}

/* Of a form, the file and its name are what counts: a client that repeats it makes up another boundary. A try has no key. */
function keyOf(ctx: Ctx, { idempotencyKey, method, url }: Upload, { sha256, fileName = '' }: ReceivedFile) {
  if (idempotencyKey === null || ctx.dryRun) return null;
  const bodySha256 = createHash('sha256').update(`${sha256} ${fileName}`).digest('hex');
  return requestKey({ key: idempotencyKey, userId: actorId(ctx.actor), anonymousOwner: '', method, url, bodySha256, secret: null });
}
