import { Decimal } from 'decimal.js';
import { amountText } from '../../../../schema/currencies';
import type { OrderRow, SoldProduct } from '../order-row';

/** A line of an order: all of its rows of one product. */
export interface ImportedLine {
  readonly rows: readonly OrderRow[];
  readonly product: SoldProduct;
  readonly quantity: number;
  readonly unitPrice: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly tax: string;
  readonly taxRate: number | null;
}

/**
 * Returns the line that rows of one product of an order make up. An order has one line of a product: at several prices, it is that of the
 * highest with the difference as discount, so that not a cent is lost.
 */
export function lineOf(rows: readonly OrderRow[]): ImportedLine {
  const [{ product, values: first }] = rows as readonly [OrderRow];
  const { currency } = first;
  const quantity = rows.reduce((sum, { values }) => sum + values.quantity, 0);
  const unitPrice = Decimal.max(...rows.map(({ values }) => values.unitPrice));
  const subtotal = unitPrice.times(quantity);
  const paid = sum(rows, ({ values }) => new Decimal(values.unitPrice).times(values.quantity).minus(values.discount));
  return {
    rows,
    product: product as SoldProduct,
    quantity,
    unitPrice: amountText(currency, unitPrice),
    subtotal: amountText(currency, subtotal),
    discount: amountText(currency, subtotal.minus(paid)),
    tax: amountText(
      currency,
      sum(rows, ({ values }) => values.tax),
    ),
    taxRate: rows.find(({ values }) => values.taxRate != null)?.values.taxRate ?? null,
  };
}

/** Returns the sum of an amount of each. */
export function sum<T>(items: readonly T[], of: (item: T) => Decimal.Value): Decimal {
  return items.reduce((total, item) => total.plus(of(item)), new Decimal(0));
}
