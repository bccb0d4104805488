import Joi from 'joi';
import type { Format } from '../../../schema/format';
import { integer, list, matching, object } from '../../../schema/schema';

/** The widths that are made, in pixels: the fewest that serve phones and large screens. */
const WIDTHS = [160, 320, 640, 960, 1_280, 1_920, 2_560] as const;
export const MAX_WIDTH = WIDTHS[WIDTHS.length - 1] as number;
/* A WebP holds no more (https://developers.google.com/speed/webp/docs/riff_container). */
const MAX_HEIGHT = 16_383;

/** The formats that are made, by their extension: WebP for pages, JPEG for e-mails and feeds that take nothing else. */
export const VARIANT_TYPES = { webp: 'image/webp', jpg: 'image/jpeg' } as const;

export type VariantExtension = keyof typeof VARIANT_TYPES;

/** An image as it is served: its size in pixels, and the path of its URL. */
export interface Variant extends ImageSize {
  readonly url: string;
}

/** What an image measures as it is shown, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Returns the variants of an image, from the narrowest to the widest: each width that is made below its own, and then its own, up to the
 * widest that is made. The path names the SHA-256 of the file, so what it shows never changes.
 */
export function variantsOf(sha256: string, { width, height }: ImageSize): Variant[] {
  const widest = Math.max(1, Math.min(width, MAX_WIDTH, Math.floor((width * MAX_HEIGHT) / height)));
  return [...WIDTHS.filter((made) => made < widest), widest].map((made) => ({
    width: made,
    height: Math.min(MAX_HEIGHT, Math.max(1, Math.round((height * made) / width))),
    url: `/media/${sha256}/${made}.webp`,
  }));
}

/** The format of the path of a variant. */
export const VARIANT_PATH: Format = { pattern: /^\/media\/[0-9a-f]{64}\/\d{1,4}\.webp$/, rule: 'be the path of an uploaded image' };

/* Behind MEDIA_BASE_URL, where that is set. */
const VARIANT_URL: Format = {
  pattern: new RegExp(`^(https?://[!-~]+)?${VARIANT_PATH.pattern.source.slice(1)}`),
  rule: 'be the URL of an uploaded image',
};
const MAX_URL_CHARACTERS = 600;

/** Returns the schema of the variants of an image. */
export function variantList() {
  const url = matching(Joi.string(), VARIANT_URL, MAX_URL_CHARACTERS)
    .meta({ maxLength: MAX_URL_CHARACTERS })
    .description('The path on this server, or the whole URL where a CDN serves it.')
    .example(EXAMPLE.url);
  return list(
    object({ width: integer(1, MAX_WIDTH).description('In pixels.'), height: integer(1, MAX_HEIGHT).description('In pixels.'), url }),
    0,
    WIDTHS.length,
  );
}

const [EXAMPLE] = variantsOf('0'.repeat(64), { width: 160, height: 160 }) as [Variant];

export const VARIANTS_EXAMPLE: readonly Variant[] = [EXAMPLE];
