import type { Ctx } from '../../../context/context';
import { deadlineOf } from '../../../database/pool/waits/deadline';
import { unavailable } from '../../../problems/common-problems';
import { imageLibrary } from '../library/image-library';
import { IMAGE_TIMEOUT_S, imageTurns } from '../library/image-turns';
import type { VariantExtension } from './variant';

/* Where a difference is no longer seen on photographs. */
const QUALITY = { webp: 80, jpg: 82 } as const;
/* The background of what is transparent: a JPEG has no transparency. */
const WHITE = '#ffffff';

/**
 * Returns an image in a width, in pixels: upright, in sRGB, with all its frames where the format has them, and without metadata, which may
 * tell where and by whom a photograph was taken. Throws `busy` (503) where too many images wait, `unavailable` (503) where it takes too long.
 */
export function makeVariant(ctx: Ctx, original: Buffer, width: number, extension: VariantExtension): Promise<Buffer> {
  // Whoever else waits for it wants it still when the first client hangs up.
  return imageTurns.take({ deadline: deadlineOf(ctx.sequelize) }, async () => {
    try {
      return await converted(original, width, extension, ctx.env.MEDIA_MAX_PIXELS);
    } catch (cause) {
      throw unavailable.because('The image cannot be made at present. Try again later.', { headers: { 'Retry-After': '30' }, cause });
    }
  });
}

function converted(original: Buffer, width: number, extension: VariantExtension, limitInputPixels: number): Promise<Buffer> {
  const image = imageLibrary()(original, { animated: extension === 'webp', failOn: 'error', limitInputPixels })
    .autoOrient()
    .resize({ width, withoutEnlargement: true })
    .timeout({ seconds: IMAGE_TIMEOUT_S });
  const quality = QUALITY[extension];
  return (extension === 'webp' ? image.webp({ quality }) : image.flatten({ background: WHITE }).jpeg({ quality })).toBuffer();
}
