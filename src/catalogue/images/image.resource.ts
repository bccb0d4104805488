import { defineResource, type Resource } from '../../resource/definition/resource';
import { media } from '../media/medium.resource';
import { visibleImages } from './image.policy';
import { imageFields } from './image.schemas';
import { shownUrl, shownVariants } from './image-source';
import { ProductImage } from './product-image.model';

/** Images of products and groups. */
export const images = defineResource({
  name: 'images',
  one: 'image',
  prefix: '/v1/images',
  tag: 'Images',
  description: 'Images of products and product groups.',
  model: () => ProductImage,
  fields: imageFields,
  defaultSort: 'displayOrder',
  expressions: { url: shownUrl, variants: shownVariants },
  includes: { medium: { resource: () => media } },
  scope: visibleImages,
  access: { read: 'public' },
  example: { productId: '01890a5d-ac96-774b-bcce-b302099a8057', url: 'https://cdn.example/chai.webp', altText: 'A box of chai' },
});

/** What images belong to: a product, or a group of products. */
export interface ImageOwner {
  readonly resource: () => Resource;
  /** The column of its id in the table of images. */
  readonly column: 'product_id' | 'group_id';
}
