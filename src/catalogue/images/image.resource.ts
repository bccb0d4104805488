import type { Ctx } from '../../context/context';
import { holds } from '../../context/permission';
import { type Condition, column } from '../../database/sql/binder';
import { defineResource } from '../../resource/definition/resource';
import { seesAllProducts } from '../products/product.policy';
import { imageFields } from './image.schemas';
import { ProductImage } from './product-image.model';

/** Images: the pictures of products. */
export const images = defineResource({
  name: 'images',
  one: 'image',
  prefix: '/v1/images',
  tag: 'Images',
  description: 'The pictures of products.',
  model: () => ProductImage,
  fields: imageFields,
  defaultSort: 'displayOrder',
  scope: shownImages,
  access: { read: 'public' },
  example: { productId: '01890a5d-ac96-774b-bcce-b302099a8057', url: 'https://cdn.example/chai.webp', altText: 'A box of chai' },
});

/** A picture is seen by whoever sees its product. */
function shownImages({ actor }: Pick<Ctx, 'actor'>): readonly Condition[] {
  if (seesAllProducts(actor) || holds(actor, 'images:write')) return [];
  return [
    (t) =>
      `EXISTS (SELECT 1 FROM products shown WHERE shown.id = ${column(t, 'product_id')} AND shown.status = 'active' AND shown.deleted_at IS NULL)`,
  ];
}
