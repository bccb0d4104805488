import { defineResource } from '../../resource/definition/resource';
import { visibleImages } from './image.policy';
import { imageFields } from './image.schemas';
import { ProductImage } from './product-image.model';

/** Images of products. */
export const images = defineResource({
  name: 'images',
  one: 'image',
  prefix: '/v1/images',
  tag: 'Images',
  description: 'Images of products.',
  model: () => ProductImage,
  fields: imageFields,
  defaultSort: 'displayOrder',
  scope: visibleImages,
  access: { read: 'public' },
  example: { productId: '01890a5d-ac96-774b-bcce-b302099a8057', url: 'https://cdn.example/chai.webp', altText: 'A box of chai' },
});
