import { field } from '../../resource/definition/field';
import { defineResource } from '../../resource/definition/resource';
import { PriceEntry } from './price-entry.model';

/** The highest price. */
export const MAX_PRICE = '999999.99';

/** The prices of products, past, present and scheduled. */
export const prices = defineResource({
  name: 'prices',
  one: 'price',
  prefix: '/v1/prices',
  tag: 'Prices',
  description:
    'The timeline of prices, past, present and scheduled. A regular price holds until the next one begins; a sale stands beside it and ends by itself. What was in force never changes.',
  model: () => PriceEntry,
  fields: {
    id: field.id(),
    productId: field.uuid({ filter: true, description: 'The product.' }),
    kind: field.oneOf(['regular', 'sale'], { filter: true, description: 'A regular price, or a sale.', example: 'sale' }),
    amount: field.money({ max: MAX_PRICE, description: 'The price.', example: '14.90' }),
    currency: field.currency({ filter: 'exact' }),
    validFrom: field.timestamp({ filter: true, sort: true, description: 'When it begins.' }),
    validTo: field.timestamp({
      nullable: true,
      description: 'When it ends, exclusive; null until a next one is scheduled, or for a sale without an end.',
    }),
    setBy: field.uuid({ nullable: true, description: 'The user who set it; null for the database.' }),
    createdAt: field.timestamp({ filter: true, sort: true, description: 'When it was set.' }),
  },
  defaultSort: '-validFrom',
  verbs: ['list', 'read'],
});
