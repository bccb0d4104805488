import type { Ctx } from '../../../context/context';
import { ok, type Reply } from '../../../http/output/reply';
import { notFoundHere } from '../../../resource/read/read-one';
import { storageUnavailable } from '../../../storage/problems';
import { storageOf } from '../../../storage/storage-of';
import { Medium } from '../medium.model';
import { media } from '../medium.resource';
import { attachment } from './attachment';

/** The name of an uploaded file among the objects of its content. */
export const ORIGINAL = 'original';

/** Returns a file as it was uploaded, to be saved and never shown; throws `not_found` (404), `storage_unavailable` (503). */
export async function readOriginal(ctx: Ctx, id: string): Promise<Reply> {
  const medium = await Medium.findByPk(id, { attributes: ['sha256', 'mediaType', 'fileName'] });
  if (!medium) throw notFoundHere(media);
  const bytes = await storageOf(ctx).read({ sha256: medium.sha256, name: ORIGINAL });
  if (!bytes) throw storageUnavailable.because('The storage no longer has this file. Restore it from a backup, or upload it again.');
  return ok(bytes, {
    'Accept-Ranges': 'bytes',
    'Content-Type': medium.mediaType,
    ETag: `"${medium.sha256}"`,
    ...attachment(medium.fileName),
  });
}
