import { defineResource } from '../../resource/definition/resource';
import { categories } from '../categories/category.resource';
import { images } from '../images/image.resource';
import { priceParameters } from '../prices/price-expressions';
import { optionInUse } from '../problems';
import { products } from '../products/product.resource';
import { offerExpressions } from './offer/offer.statement';
import { ProductGroup } from './product-group.model';
import { visibleGroups } from './product-group.policy';
import { productGroupFields } from './product-group.schemas';

/** Groups of products: what a shop front shows as one product with variants. */
export const productGroups = defineResource({
  name: 'product-groups',
  one: 'product-group',
  prefix: '/v1/product-groups',
  tag: 'Product groups',
  description: 'What a shop front shows as one product with variants. Each variant is a product. Groups with an active product are public.',
  model: () => ProductGroup,
  fields: productGroupFields,
  expressions: offerExpressions,
  parameters: priceParameters,
  includes: {
    category: { resource: () => categories },
    images: { resource: () => images, many: true, orderBy: 'displayOrder', seenWithParent: true },
    products: { resource: () => products, many: true, orderBy: 'createdAt' },
  },
  scope: visibleGroups,
  naturalKey: 'slug',
  keepsFormerSlugs: true,
  transfer: {
    key: 'slug',
    references: { categorySlug: { field: 'categoryId', resource: () => categories, by: 'slug' } },
  },
  access: { read: 'public' },
  problems: [optionInUse],
  example: { name: 'T-shirt', options: [{ name: 'Size', values: ['S', 'M', 'L'] }] },
});
