import Joi from 'joi';
import { field, MAX_INTEGER } from '../../resource/definition/field';
import type { Format } from '../../schema/format';
import { matching } from '../../schema/schema';
import { VARIANT_TYPES, VARIANTS_EXAMPLE, type VariantExtension, variantList } from './variants/variant';

/** The types of files that can be uploaded. No SVG, which runs scripts; no PDF, which is no image. */
export const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/gif'] as const;

export type MediaType = (typeof MEDIA_TYPES)[number];

/** The type of a form with a file. */
export const MULTIPART = 'multipart/form-data';

/** The types of images that are served. */
export const SERVED_TYPES = Object.values(VARIANT_TYPES);

const SHA256: Format = { pattern: /^[0-9a-f]{64}$/, rule: 'be a SHA-256 in hexadecimal' };
const SHA256_CHARACTERS = 64;
const FILE: Format = { pattern: /^[1-9]\d{0,3}\.(webp|jpg)$/, rule: 'be a width and a type, such as 640.webp' };
const MAX_FILE_CHARACTERS = 9;

/** The path of a variant. */
export const variantParams = {
  sha256: matching(Joi.string(), SHA256, SHA256_CHARACTERS)
    .meta({ minLength: SHA256_CHARACTERS, maxLength: SHA256_CHARACTERS })
    .example('0'.repeat(SHA256_CHARACTERS))
    .description('The SHA-256 of the uploaded file.')
    .required(),
  file: matching(Joi.string(), FILE, MAX_FILE_CHARACTERS)
    .meta({ maxLength: MAX_FILE_CHARACTERS })
    .example('640.webp')
    .description('The width in pixels, and the type.')
    .required(),
} as const;

/** Returns the width, in pixels, and the extension that the last part of the path of a variant names. */
export function namedVariant(file: string): { readonly width: number; readonly extension: VariantExtension } {
  const [width, extension] = file.split('.') as [string, VariantExtension];
  return { width: Number(width), extension };
}

/** The fields of an uploaded image. */
export const mediumFields = {
  id: field.id(),
  fileName: field.text({ min: 1, max: 200, description: 'The name of the file as it was uploaded first.', example: 'chai.jpg' }),
  mediaType: field.oneOf(MEDIA_TYPES, { description: 'The type, as the bytes say.', example: 'image/jpeg' }),
  bytes: field.integer({ min: 1, max: MAX_INTEGER, description: 'The size of the file.', example: 48_213 }),
  sha256: field.text({
    min: SHA256_CHARACTERS,
    max: SHA256_CHARACTERS,
    format: SHA256,
    filter: 'exact',
    description: 'The SHA-256 of the file: the same bytes are one medium.',
    example: '0'.repeat(SHA256_CHARACTERS),
  }),
  width: field.integer({ min: 1, max: MAX_INTEGER, description: 'The width as it is shown, in pixels.', example: 160 }),
  height: field.integer({ min: 1, max: MAX_INTEGER, description: 'The height as it is shown, in pixels.', example: 160 }),
  variants: field.list(variantList(), {
    description:
      'The image as it is served, in WebP, from the narrowest to the widest, without the metadata of the file. A path that ends with .jpg instead of .webp is a JPEG.',
    example: VARIANTS_EXAMPLE,
  }),
  createdAt: field.timestamp({ description: 'When it was uploaded.', filter: true, sort: true }),
} as const;
