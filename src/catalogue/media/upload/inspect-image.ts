import type { Metadata } from 'sharp';
import type { Ctx } from '../../../context/context';
import { turnWait } from '../../../database/pool/waits/turns';
import { invalidImage } from '../../problems';
import { imageLibrary } from '../library/image-library';
import { IMAGE_TIMEOUT_S, imageTurns } from '../library/image-turns';
import type { MediaType } from '../medium.schemas';
import type { ImageSize } from '../variants/variant';

/** What the bytes of an image say. */
export interface InspectedImage extends ImageSize {
  readonly mediaType: MediaType;
}

/* Each frame costs its own work, however small it is. */
const MAX_FRAMES = 1_000;
const NO_IMAGE = 'The file is no JPEG, PNG, WebP, AVIF or GIF image. Save it as one of these, and upload that.';
/* To be decoded as a whole, an image is made as small as this. */
const TRIED_PIXELS = 16;

/**
 * Returns the type and the size of an image file. Throws `invalid_image` (422) for what is no image of a type that can be uploaded, breaks
 * off, or has more pixels than MEDIA_MAX_PIXELS over all its frames: it is decoded once, so that every variant can be made of it.
 */
export function inspectImage(ctx: Ctx, path: string): Promise<InspectedImage> {
  return imageTurns.take(turnWait(ctx), async () => {
    const metadata = await readable(() => imageLibrary()(path, { limitInputPixels: false }).metadata(), NO_IMAGE);
    const mediaType = mediaTypeOf(metadata);
    requireBounded(metadata, ctx.env.MEDIA_MAX_PIXELS);
    await readable(() => decode(path, ctx.env.MEDIA_MAX_PIXELS), 'The image is damaged or incomplete, or takes too long to read.');
    return { mediaType, ...metadata.autoOrient };
  });
}

function mediaTypeOf({ format, compression }: Metadata): MediaType {
  switch (format) {
    case 'jpeg':
    case 'png':
    case 'webp':
    case 'gif':
      return `image/${format}`;
    default:
      if (compression === 'av1') return 'image/avif';
      throw refused(NO_IMAGE);
  }
}

function requireBounded({ width, height, pages = 1 }: Metadata, maxPixels: number): void {
  if (pages > MAX_FRAMES) throw refused(`The image has ${pages} frames; at most ${MAX_FRAMES} can be shown.`);
  const pixels = width * height * pages;
  if (pixels > maxPixels)
    throw refused(`The image has ${pixels} pixels over all its frames; at most ${maxPixels} are taken. Make it smaller.`);
}

async function decode(path: string, limitInputPixels: number): Promise<void> {
  await imageLibrary()(path, { animated: true, failOn: 'error', limitInputPixels })
    .resize(TRIED_PIXELS, TRIED_PIXELS, { fit: 'fill' })
    .timeout({ seconds: IMAGE_TIMEOUT_S })
    .raw()
    .toBuffer();
}

async function readable<T>(read: () => Promise<T>, detail: string): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw invalidImage.because(detail, { cause });
  }
}

function refused(detail: string) {
  return invalidImage.because(detail);
}
