import { deletedAt, field, MAX_INTEGER, stamps } from '../../resource/definition/field';
import { WEB_ADDRESS } from '../../schema/format';
import { KEY } from '../../schema/text';
import { productSafetySchema } from './safety/product-safety.schemas';
import { taxClassField } from './tax-class';

/** The largest stock count: half of what the column holds, so that the stock of a cancelled order always fits. */
export const MAX_STOCK = 1_000_000_000;

/** The fields of a product. */
export const productFields = {
  id: field.id(),
  name: field.text({
    min: 1,
    max: 200,
    write: 'required',
    filter: true,
    sort: true,
    description: 'The name that customers see.',
    example: 'Chai',
  }),
  slug: field.slug({ max: 220, filter: 'exact', example: 'chai' }),
  sku: field.text({
    min: 1,
    max: 64,
    write: 'required',
    filter: 'exact',
    sort: true,
    caseless: true,
    format: KEY,
    unique: true,
    description: 'The stock keeping unit; unique regardless of case.',
    example: 'NW-001',
  }),
  gtin: field.gtin({
    write: 'optional',
    nullable: true,
    filter: 'exact',
    unique: true,
    description:
      'The GTIN (EAN, UPC): 8, 12, 13 or 14 digits with the check digit. It is kept and shown in 14 digits, with zeros before it; unique.',
    example: '04006381333931',
  }),
  brand: field.text({
    min: 1,
    max: 120,
    write: 'optional',
    nullable: true,
    filter: 'exact',
    sort: true,
    description: 'The brand.',
    example: 'Exotic Liquids',
  }),
  model: field.text({ min: 1, max: 120, write: 'optional', nullable: true, description: 'The manufacturer’s model name.' }),
  description: field.text({ max: 10_000, write: 'optional', nullable: true, description: 'The description that customers see.' }),
  price: field.money({
    max: '999999.99',
    currency: 'currency',
    write: 'required',
    filter: true,
    sort: true,
    nullableByParameter: true,
    description:
      'The unit price, up to 999999.99, with as many decimals as the currency has. A change sets the regular price from now on; during a sale, price stays the sale’s. Null only where priceAt or priceCurrency finds none.',
    example: '18.00',
  }),
  currency: field.currency({ write: 'optional', default: 'USD', filter: 'exact' }),
  regularPrice: field.money({ nullableByParameter: true, description: 'The price without a sale.', example: '18.00' }),
  priorPrice: field.money({
    nullable: true,
    description:
      'During a sale, the lowest price of the 30 days before the reduction began (Directive 98/6/EC, article 6a); null without a sale.',
  }),
  onSaleUntil: field.timestamp({ nullable: true, description: 'When the sale ends; null without a sale, or for one without an end.' }),
  taxClass: taxClassField('The class of goods that its tax rate is for.'),
  weightGrams: field.integer({
    min: 0,
    max: MAX_INTEGER,
    write: 'optional',
    nullable: true,
    description: 'The weight in grams, by which shipping may be priced; null counts as nothing.',
    example: 500,
  }),
  stockQuantity: field.integer({
    min: 0,
    max: MAX_STOCK,
    write: 'create',
    changedBy: 'POST /v1/stock-movements or PUT /v1/products/{id}/stock',
    description:
      'The stock count; 0 if left out at creation, and more than that needs stock:write. Later the stock ledger alone changes it: a sale or movement increments the version, but not updatedAt.',
    example: 39,
  }),
  inStock: field.flag({ filter: true, description: 'Whether the product is in stock.' }),
  status: field.oneOf(['draft', 'active', 'inactive', 'discontinued'], {
    write: 'optional',
    default: 'draft',
    filter: true,
    description: 'Only active products are public and for sale.',
    example: 'active',
  }),
  featured: field.flag({ write: 'optional', default: false, filter: true, description: 'Whether the shop features the product.' }),
  viewCount: field.integer({ min: 0, max: Number.MAX_SAFE_INTEGER, sort: true, isStatistic: true, description: 'The number of views.' }),
  rating: field.decimal({
    min: 0,
    max: 5,
    filter: true,
    sort: true,
    description: 'The mean rating of the published reviews; 0 without one.',
    example: 4.5,
  }),
  reviewCount: field.integer({ min: 0, max: MAX_INTEGER, description: 'The number of published reviews.' }),
  categoryId: field.uuid({ write: 'optional', nullable: true, filter: true, description: 'The category; null for none.' }),
  groupId: field.uuid({ write: 'optional', nullable: true, filter: true, description: 'The group whose variant it is; null for none.' }),
  optionValues: field.json({
    maxBytes: 4_096,
    write: 'optional',
    default: {},
    filter: 'members',
    description: 'Its value of each option of its group, by the name of the option; empty without a group.',
  }),
  imageUrl: field.text({
    max: 2_048,
    format: WEB_ADDRESS,
    write: 'optional',
    nullable: true,
    description: 'The URL of the main image.',
  }),
  attributes: field.json({
    maxBytes: 16_384,
    write: 'optional',
    default: {},
    filter: 'members',
    description: 'Further properties, as a free-form object.',
  }),
  productSafety: field.object(productSafetySchema, {
    write: 'optional',
    nullable: true,
    description: 'What an offer says of safety (Regulation (EU) 2023/988, article 19); REQUIRE_PRODUCT_SAFETY asks for it at activation.',
  }),
  ...stamps,
  deletedAt,
} as const;
