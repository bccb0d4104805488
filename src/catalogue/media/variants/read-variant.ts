import type { Ctx } from '../../../context/context';
import { isNotModified } from '../../../http/output/conditional';
import { notModified, ok, type Reply } from '../../../http/output/reply';
import { notFound } from '../../../problems/common-problems';
import type { ObjectStorage } from '../../../storage/object-storage';
import { storageUnavailable } from '../../../storage/problems';
import { storageOf } from '../../../storage/storage-of';
import { Medium } from '../medium.model';
import { ORIGINAL } from '../original/read-original';
import { makeVariant } from './make-variant';
import { VARIANT_TYPES, type VariantExtension } from './variant';

/** A variant as its URL names it. */
export interface VariantName {
  readonly sha256: string;
  readonly width: number;
  readonly extension: VariantExtension;
}

/* The URL has the digest of the file, so what it shows never changes. Pages of other origins may show it, and nothing in it runs. */
const HEADERS = {
  'Accept-Ranges': 'bytes',
  'Cache-Control': 'public, max-age=31536000, immutable',
  'Content-Disposition': 'inline',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * Returns an image in a width and a format, which is made at the first request and then kept; throws `not_found` (404) for an unknown image
 * or a width that its variants do not have, and as `makeVariant` does.
 */
export async function readVariant(ctx: Ctx, name: VariantName, ifNoneMatch: string | undefined): Promise<Reply> {
  const { sha256, width, extension } = name;
  const ETag = `"${sha256}.${width}.${extension}"`;
  const storage = storageOf(ctx);
  const key = { sha256, name: `${width}.${extension}` };
  const stored = await storage.read(key);
  const bytes = stored ?? (await onceAtATime(storage, `${sha256}/${key.name}`, () => makeAndKeep(ctx, storage, name)));
  const headers = { ...HEADERS, ETag };
  if (isNotModified(ifNoneMatch, ETag)) return notModified(headers);
  return ok(bytes, { ...headers, 'Content-Type': VARIANT_TYPES[extension] });
}

async function makeAndKeep(ctx: Ctx, storage: ObjectStorage, { sha256, width, extension }: VariantName): Promise<Buffer> {
  const medium = await Medium.findOne({ where: { sha256 }, attributes: ['variants'] });
  if (!medium?.variants.some((variant) => variant.width === width)) throw notFound.because('There is no such image, or not in this width.');
  const original = await storage.read({ sha256, name: ORIGINAL });
  if (!original) throw storageUnavailable.because('The storage no longer has the file of this image.');
  const bytes = await makeVariant(ctx, original, width, extension);
  await storage.put({ sha256, name: `${width}.${extension}` }, bytes, VARIANT_TYPES[extension]).catch((error: unknown) => {
    // The client gets it all the same; the next one has it made again.
    ctx.log.warn('variant not kept', { requestId: ctx.requestId, sha256, width, error });
  });
  return bytes;
}

const inWork = new WeakMap<ObjectStorage, Map<string, Promise<Buffer>>>();

/* Requests for the same image at the same time share one conversion. */
function onceAtATime(storage: ObjectStorage, name: string, make: () => Promise<Buffer>): Promise<Buffer> {
  const running = inWork.get(storage) ?? new Map<string, Promise<Buffer>>();
  inWork.set(storage, running);
  const made = running.get(name) ?? make().finally(() => running.delete(name));
  running.set(name, made);
  return made;
}
