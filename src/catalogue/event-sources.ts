import type { EventSource } from '../events/definition/event-source';
import { eventSourceOf, eventSourceOfRows } from '../resource/definition/event-source';
import { field } from '../resource/definition/field';
import { categories } from './categories/category.resource';
import { productGroups } from './groups/product-group.resource';
import { images } from './images/image.resource';
import { media } from './media/medium.resource';
import { prices } from './prices/price.resource';
import { products } from './products/product.resource';
import { reviews } from './reviews/review.resource';
import { ProductTag } from './tags/product-tag.model';
import { tags } from './tags/tag.resource';

const productTagFields = {
  id: field.id(),
  productId: field.uuid({ description: 'The product.' }),
  tagId: field.uuid({ description: 'The tag.' }),
};

/** The events of the catalogue. */
export const catalogueEvents: readonly EventSource[] = [
  eventSourceOf(categories),
  eventSourceOf(products),
  eventSourceOf(productGroups),
  eventSourceOf(images),
  eventSourceOf(media),
  eventSourceOf(tags),
  eventSourceOfRows({ type: 'product-tags', permission: 'products:read', model: () => ProductTag, fields: productTagFields }),
  eventSourceOf(reviews),
  eventSourceOf(prices),
];
