import { changesFrom, changesTo } from '../../events/definition/event-rule';
import { defineResource } from '../../resource/definition/resource';
import { categories } from '../categories/category.resource';
import { productGroups } from '../groups/product-group.resource';
import { images } from '../images/image.resource';
import { priceParameters, regularPrice, timedPrices } from '../prices/price-expressions';
import { optionsChanged, productSafetyMissing, saleAboveRegular } from '../problems';
import { tags } from '../tags/tag.resource';
import { Product } from './product.model';
import { visibleProducts } from './product.policy';
import { productFields } from './product.schemas';
import { productFacets, productSampling } from './search/product-facets';
import { inSubtree, onSale, taggedWith } from './search/product-filters';
import { productSearch } from './search/product-search';
import { salesSummary } from './statistics/sales-summary';

/** Products: what the shop sells. */
export const products = defineResource({
  name: 'products',
  one: 'product',
  prefix: '/v1/products',
  tag: 'Products',
  description: 'What the shop sells. Active products are public.',
  model: () => Product,
  fields: productFields,
  expressions: { regularPrice },
  timed: timedPrices,
  parameters: priceParameters,
  includes: {
    category: { resource: () => categories },
    group: { resource: () => productGroups },
    images: { resource: () => images, many: true, orderBy: 'displayOrder', seenWithParent: true },
    tags: { resource: () => tags, many: true, orderBy: 'name' },
  },
  summaries: { sales: salesSummary },
  filters: { category: inSubtree, tag: taggedWith, onSale },
  sorts: { popular: { kind: 'integer', attribute: 'popularity' } },
  search: productSearch,
  facets: productFacets,
  sampling: productSampling,
  collapse: {
    parameter: 'grouped',
    field: 'groupId',
    include: 'group',
    description: 'Shows one product of each group, the first in the order of the list, with its group, beside the products without one.',
  },
  scope: visibleProducts,
  naturalKey: 'slug',
  keepsFormerSlugs: true,
  transfer: {
    key: 'sku',
    references: {
      categorySlug: { field: 'categoryId', resource: () => categories, by: 'slug' },
      groupSlug: { field: 'groupId', resource: () => productGroups, by: 'slug' },
    },
    links: { tags: { include: 'tags', by: 'slug' } },
  },
  access: { read: 'public' },
  problems: [productSafetyMissing, optionsChanged, saleAboveRegular],
  events: {
    out_of_stock: changesTo('stock_quantity', 0, 'The last piece of a product was sold or taken out.'),
    back_in_stock: changesFrom('stock_quantity', 0, 'A product that was out of stock has stock again.'),
  },
  example: { name: 'Chai', sku: 'TEA-001', price: '18.00', stockQuantity: 39, status: 'active' },
});
