import { currency, money } from '../../../schema/money';
import { decimalNumber, flag, integer, jsonObject, list, named, nullable, object, text, uuid } from '../../../schema/schema';
import { purchaseShape } from '../order.schemas';

/** The body of a quote: that of an order, as far as it changes the price. */
export const newQuoteSchema = named('NewQuote', object(purchaseShape));

const rate = () => decimalNumber(0, 100).description('The tax rate in percent.').example(19);

/** Returns the schema of a quote. */
export const quoteSchema = () => named('Quote', object(quoteShape()));

/** Returns the members of a quote. */
export const quoteShape = () => ({
  items: list(object(quoteItemShape()), 1, 100),
  subtotal: money().description('The sum of the lines.'),
  discount: money().description('The sum of the lines’ discounts.'),
  shipping: money().description('The shipping cost.'),
  shippingTax: money().description('The tax of the shipping.'),
  tax: money().description('The tax of the lines and of the shipping.'),
  pricesIncludeTax: flag().description('Whether the prices of the lines and of the shipping have the tax in them.'),
  total: money().description('subtotal − discount + shipping, and the tax unless prices include it.'),
  currency: currency(),
  shippingMethod: nullable(text(1, 64).description('The code of the shipping method; null without one.').example('standard')),
  discountCode: nullable(text(1, 64).description('The discount code; null without one.').example('SPRING-10')),
  taxes: list(
    object({ rate: rate(), base: money().description('What it taxes, after discounts.'), tax: money().description('The tax.') }),
    0,
    101,
  ).description('The tax of each rate; what has no rate is left out.'),
});

/** Returns the members of a line of a quote. */
export const quoteItemShape = () => ({
  productId: uuid(),
  productName: text(1, 200).description('The name of the product.').example('Chai'),
  sku: text(1, 64).description('The SKU of the product.').example('NW-001'),
  optionValues: jsonObject(4_096).description('What the variant is, by the names of its options.'),
  quantity: integer(1, 1_000_000).description('The quantity; that of a product that is named twice is added up.'),
  unitPrice: money().description('The price of one.'),
  subtotal: money().description('quantity × unitPrice.'),
  discount: money().description('The discount on the line.'),
  tax: money().description('The tax on the line, after its discount.'),
  taxRate: nullable(rate()),
});
