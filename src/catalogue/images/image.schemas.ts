import { deletedAt, field, stamps } from '../../resource/definition/field';
import { type Format, WEB_ADDRESS } from '../../schema/format';
import { VARIANT_PATH, variantList } from '../media/variants/variant';

/* What a client reads it may send back. */
const IMAGE_URL: Format = {
  pattern: new RegExp(`${WEB_ADDRESS.pattern.source}|${VARIANT_PATH.pattern.source}`),
  rule: WEB_ADDRESS.rule,
};

/** The fields of an image. */
export const imageFields = {
  id: field.id(),
  productId: field.uuid({
    write: 'optional',
    nullable: true,
    filter: true,
    description: 'The product that the image shows; null for an image of a group. An image belongs to either.',
    example: '01890a5d-ac96-774b-bcce-b302099a8057',
  }),
  groupId: field.uuid({
    write: 'optional',
    nullable: true,
    filter: true,
    description: 'The product group that the image shows; null for an image of a product.',
  }),
  url: field.text({
    min: 1,
    max: 2_048,
    format: IMAGE_URL,
    write: 'optional',
    nullable: true,
    description:
      'Where to load the image from: an address on the web, or the path of the widest variant of its medium. An image is set by url or by mediaId.',
    example: 'https://cdn.example/chai.webp',
  }),
  mediaId: field.uuid({
    write: 'optional',
    nullable: true,
    filter: true,
    description: 'The uploaded image (POST /v1/media); null for one by url.',
  }),
  variants: field.list(variantList(), {
    description: 'The widths of an uploaded image, from the narrowest to the widest; none of an image by url.',
    example: [],
  }),
  altText: field.text({ max: 500, write: 'optional', nullable: true, description: 'The text alternative of the image.' }),
  displayOrder: field.position({
    write: 'optional',
    description:
      'The position among the images of its product or group; the smallest comes first, and a new image last unless it says otherwise.',
  }),
  ...stamps,
  deletedAt,
} as const;
