import { deletedAt, field, stamps } from '../../resource/field';

export const SLUG = /^[a-z0-9-]+$/;

/** A product as clients see it. */
export const productFields = {
  id: field.id(),
  name: field.text({ min: 1, max: 200, write: 'required', filter: true, sort: true, about: 'What customers read.', example: 'Chai' }),
  slug: field.text({ min: 1, max: 220, pattern: SLUG, write: 'optional', filter: true, sort: true, about: 'Its name in URLs; made from the name when left out.', example: 'chai' }),
  sku: field.text({ min: 1, max: 64, write: 'required', filter: true, sort: true, about: 'The stock keeping unit, unique.', example: 'NW-001' }),
  brand: field.text({ min: 1, max: 120, write: 'optional', nullable: true, filter: true, sort: true, about: 'Who makes it.', example: 'Exotic Liquids' }),
  model: field.text({ min: 1, max: 120, write: 'optional', nullable: true, filter: true, about: 'The maker’s own name for it.' }),
  description: field.text({ max: 10_000, write: 'optional', nullable: true, about: 'What customers read next.' }),
  price: field.money({ write: 'required', filter: true, sort: true, about: 'The price of one, up to 999999.99.', example: '18.00' }),
  currency: field.text({ min: 3, max: 3, pattern: /^[A-Z]{3}$/, write: 'optional', default: 'USD', filter: true, about: 'ISO 4217.', example: 'USD' }),
  stockQuantity: field.integer({ min: 0, max: 1_000_000_000, write: 'optional', default: 0, filter: true, sort: true, about: 'How many are there; every change is in the stock ledger.', example: 39 }),
  inStock: field.flag({ filter: true, about: 'Whether there is any.' }),
  status: field.oneOf(['draft', 'active', 'inactive', 'discontinued'], { write: 'optional', default: 'draft', filter: true, sort: true, about: 'Only active products can be seen by everybody, and bought.', example: 'active' }),
  featured: field.flag({ write: 'optional', default: false, filter: true, about: 'Whether the shop puts it forward.' }),
  viewCount: field.integer({ min: 0, max: Number.MAX_SAFE_INTEGER, sort: true, about: 'How often it was viewed.' }),
  rating: field.decimal({ min: 0, max: 5, filter: true, sort: true, about: 'The mean of its reviews, 0 without any.' }),
  reviewCount: field.integer({ min: 0, max: 2_147_483_647, about: 'How many reviews it has.' }),
  categoryId: field.uuid({ write: 'optional', nullable: true, filter: true, about: 'Its category.' }),
  imageUrl: field.text({ max: 2_048, pattern: /^https?:\/\/\S+$/, write: 'optional', nullable: true, about: 'Its main picture.' }),
  attributes: field.json({ maxBytes: 16_384, write: 'optional', default: {}, about: 'Whatever else describes it.' }),
  ...stamps,
  deletedAt,
} as const;
