import { field } from '../../../resource/definition/field';
import { currency, money } from '../../../schema/money';
import { flag, integer, list, nullable, object, text } from '../../../schema/schema';
import { MAX_AXES, MAX_AXIS_LENGTH, MAX_VALUE_LENGTH, MAX_VALUES, MAX_VARIANTS } from '../option-axes';

const priceRange = object({
  min: money().description('The lowest price.').example('18.00'),
  max: money().description('The highest price.').example('24.00'),
  currency: currency().description('ISO 4217.').example('USD'),
});

const value = object({
  value: text(1, MAX_VALUE_LENGTH).description('A value of the option.').example('M'),
  inStock: flag().description('Whether an active product with it is in stock.'),
});

const availability = object({
  inStock: flag().description('Whether any active product is in stock.'),
  products: integer(0, MAX_VARIANTS).description('The number of active products.').example(6),
  productsInStock: integer(0, MAX_VARIANTS).description('The number of active products that are in stock.').example(4),
  options: list(object({ name: text(1, MAX_AXIS_LENGTH).example('Size'), values: list(value, 0, MAX_VALUES) }), 0, MAX_AXES).description(
    'The options of the group, with what is available of each.',
  ),
});

/** What a group offers for sale, made from its active products. */
export const offerFields = {
  priceRange: field.object(nullable(priceRange), {
    computed: true,
    nullable: true,
    description: 'The lowest and highest price of the active products, in the currency that most of them have; null without any.',
  }),
  availability: field.object(availability, { computed: true, description: 'What of the active products is in stock.' }),
} as const;
