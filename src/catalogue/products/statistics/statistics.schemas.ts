import { currency, money } from '../../../schema/money';
import { integer, list, named, nullable, object, oneOf, text, timestamp, uuid } from '../../../schema/schema';

const count = () => integer(0, Number.MAX_SAFE_INTEGER);
/* Sums are larger than what one price may be. */
const sum = () => text(1, 40, { pattern: /^-?\d{1,30}\.\d{2,4}$/, rule: 'be an amount' }).example('1234.50');
const CURRENCIES = 300;

const statistics = {
  count: count().description('The products.'),
  byStatus: object({ draft: count(), active: count(), inactive: count(), discontinued: count() }).description(
    'The products of each status.',
  ),
  inStock: count().description('Those in stock.'),
  prices: list(object({ currency: currency(), count: count(), min: money(), avg: money(), max: money() }), 0, CURRENCIES).description(
    'The products with a price in each currency: how many, and their lowest, mean and highest price.',
  ),
  stockValue: nullable(list(object({ currency: currency(), units: count(), amount: sum() }), 0, CURRENCIES))
    .description('The stock at its prices; null for whoever may not read all products.')
    .example(null),
};

/** Statistics of products. */
export const statisticsSchema = () => named('ProductStatistics', object(statistics));

/** Statistics of the products of each category, with its subtree. */
export const categoryStatisticsSchema = () =>
  object({
    data: list(
      named(
        'CategoryStatistics',
        object({ categoryId: uuid(), name: text(1, 120).example('Beverages'), slug: text(1, 140).example('beverages'), ...statistics }),
      ),
      0,
      MAX_CATEGORIES,
    ),
  });

/** The most categories of one reply. */
export const MAX_CATEGORIES = 1_000;

const sales = {
  units: count().description('The units sold and kept.'),
  orders: count().description('The orders with it.'),
  revenue: list(object({ currency: currency(), amount: sum() }), 0, CURRENCIES).description(
    'What was paid for them and not refunded, by currency.',
  ),
  lastSoldAt: nullable(timestamp()).description('When it was sold last; null for never.').example(null),
};

const refreshedAt = timestamp().description('When these statistics were computed.');

/** The sales of one product. */
export const productSalesSchema = () => named('ProductSales', object({ productId: uuid(), ...sales }));

/** The sales of a product beside its fields, as of the last refresh. */
export const salesSummarySchema = () => named('ProductSalesSummary', object({ ...sales, refreshedAt }));

/** The products that sell best, as of the last refresh. */
export const salesRankingSchema = () => {
  const entry = {
    productId: uuid(),
    sku: text(1, 64).example('NW-001'),
    name: text(1, 200).example('Chai'),
    ...sales,
    recentUnits: count().description('Units of the last thirty days.'),
    recentViews: count().description('Views of the last thirty days.'),
    popularity: count().description('10 * log2(1 + recentViews + 10 * recentUnits), the order of sort=popular.'),
  };
  return object({
    data: list(named('RankedProduct', object(entry)), 0, MAX_RANKED),
    refreshedAt,
    ageSeconds: count().description('How long ago that was.'),
  });
};

/** The most products of one reply. */
export const MAX_RANKED = 100;

/** What a ranking may be by. */
export const rankings = () => oneOf('units', 'popularity').description('What the products are ranked by; units by default.');
