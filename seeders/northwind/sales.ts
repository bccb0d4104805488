import { Decimal } from 'decimal.js';
import type { SeedRow } from '../support/seed-table';
import { customerId, employeeId, orderId, orderItemId, productId } from './northwind-ids';
import type { SourceLine, SourceOrder } from './source';

/** The row of an order with the rows of its items. */
export interface Sale {
  readonly order: SeedRow;
  readonly items: readonly SeedRow[];
}

interface Line {
  readonly productId: number;
  readonly quantity: number;
  readonly unitPrice: Decimal;
  readonly subtotal: Decimal;
  readonly discount: Decimal;
}

/** The product of an item, as it was sold. */
export type ProductLabels = ReadonlyMap<number, { readonly name: string; readonly sku: string }>;

/**
 * Returns an order in our schema. The discount of an item is rounded half-up to cents, and that of the order is their sum. The source
 * has no payments: an order counts as paid, outside Storekeeper, when it was placed.
 */
export function sale(source: SourceOrder, customerNumber: number, labels: ProductLabels): Sale {
  const lines = source.lines.map(priced);
  const subtotal = sum(lines.map((line) => line.subtotal));
  const discount = sum(lines.map((line) => line.discount));
  const shipping = new Decimal(source.freight);
  const { orderId: number, orderDate } = source;
  const id = orderId(number, orderDate);
  const placed = day(orderDate);
  const shipped = source.shippedDate === null ? null : day(source.shippedDate);
  const order: SeedRow = {
    id,
    order_number: `NW-${number}`,
    user_id: customerId(customerNumber),
    status: shipped ? 'shipped' : 'paid',
    payment_method: 'external',
    subtotal: subtotal.toFixed(2),
    discount: discount.toFixed(2),
    shipping: shipping.toFixed(2),
    tax: '0.00',
    total: subtotal.minus(discount).plus(shipping).toFixed(2),
    currency: 'USD',
    shipping_address: shippingAddress(source),
    placed_at: placed,
    paid_at: placed,
    shipped_at: shipped,
    note: `${source.shipper}, required by ${source.requiredDate}`,
    created_by: employeeId(source.employeeId),
    created_at: placed,
    updated_at: shipped ?? placed,
  };
  const items = lines.map((line, index) => itemRow(id, orderItemId(number, index + 1, orderDate), line, labels, placed));
  return { order, items };
}

function priced([product, quantity, unitPrice, fraction]: SourceLine): Line {
  const price = new Decimal(unitPrice);
  const subtotal = price.times(quantity);
  return {
    productId: product,
    quantity,
    unitPrice: price,
    subtotal,
    discount: subtotal.times(fraction).toDecimalPlaces(2, Decimal.ROUND_HALF_UP),
  };
}

function itemRow(order: string, id: string, line: Line, labels: ProductLabels, placed: string): SeedRow {
  const label = labels.get(line.productId);
  if (!label) throw new Error(`Northwind sells product ${line.productId}, which it does not hold`);
  return {
    id,
    order_id: order,
    product_id: productId(line.productId),
    product_name: label.name,
    sku: label.sku,
    quantity: line.quantity,
    unit_price: line.unitPrice.toFixed(2),
    subtotal: line.subtotal.toFixed(2),
    discount: line.discount.toFixed(2),
    created_at: placed,
    updated_at: placed,
  };
}

function shippingAddress(source: SourceOrder): { readonly [key: string]: string | null } {
  return {
    name: source.shipName,
    line1: source.shipAddress,
    city: source.shipCity,
    region: source.shipRegion,
    postalCode: source.shipPostalCode,
    country: source.shipCountry,
  };
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}

function day(date: string): string {
  return new Date(date).toISOString();
}
