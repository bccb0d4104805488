import type { Ctx } from '../../http/context';
import { holds } from '../../http/permission';
import { defineResource } from '../../resource/resource';
import { type Condition, column } from '../../resource/sql/binder';
import { imageFields } from './image.schemas';
import { ProductImage } from './product-image.model';

/** Images: the pictures of products. */
export const images = defineResource({
  name: 'images',
  one: 'image',
  prefix: '/v1/images',
  tag: 'Images',
  about: 'The pictures of products.',
  model: () => ProductImage,
  fields: imageFields,
  defaultSort: 'displayOrder',
  scope: shownImages,
  access: { read: 'public' },
  example: { productId: '01890a5d-ac96-774b-bcce-b302099a8057', url: 'https://cdn.example/chai.webp', altText: 'A box of chai' },
});

/** A picture is seen by whoever sees its product. */
function shownImages({ actor }: Ctx): readonly Condition[] {
  if (holds(actor, 'products:read')) return [];
  return [
    (t) =>
      `EXISTS (SELECT 1 FROM products shown WHERE shown.id = ${column(t, 'product_id')} AND shown.status = 'active' AND shown.deleted_at IS NULL)`,
  ];
}
