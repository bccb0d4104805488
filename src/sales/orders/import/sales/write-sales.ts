import { Decimal } from 'decimal.js';
import { v7 } from 'uuid';
import type { TxContext } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { amountText } from '../../../../schema/currencies';
import { MAX_MONEY } from '../../../../schema/money';
import { grouped, type OrderRow } from '../order-row';
import { refuseFaultyRows } from './faulty-rows';
import { type ImportedLine, lineOf, sum } from './imported-line';
import { FIND_ORDERS, INSERT_LINES, INSERT_ORDERS, RAISE_ORDERS } from './past-orders.queries';

interface KnownOrder {
  readonly id: string;
  readonly order_number: string;
  readonly is_imported: boolean;
  readonly currency: string;
  readonly lines: Readonly<Record<string, { readonly quantity: number; readonly amount: string }>>;
}

/**
 * Writes the orders that rows make up, by their number: a new order, or the lines that one of an earlier import lacks. Everything else of such
 * an order stays, and a line that it has otherwise is refused.
 */
export async function writeSales(tx: TxContext, rows: readonly OrderRow[]): Promise<void> {
  if (rows.length === 0) return;
  const groups = grouped(rows, ({ values }) => values.orderNumber);
  const found = await queryAll<KnownOrder & Record<string, unknown>>(tx, { text: FIND_ORDERS, values: [[...groups.keys()]] });
  const known = new Map(found.map((order) => [order.order_number, order]));
  const created: WrittenOrder[] = [];
  const raised: WrittenOrder[] = [];
  for (const [number, group] of groups) {
    const order = known.get(number);
    if (order && !order.is_imported) {
      for (const row of group) row.refuse('orderNumber', 'order_number_taken', `The order ${number} was placed in this shop`);
      continue;
    }
    refuseFaultyRows(group, order?.currency);
    const lines = [
      ...grouped(
        group.filter(({ isPending }) => isPending),
        ({ product }) => product?.id ?? '',
      ).values(),
    ].map(lineOf);
    const missing = order ? lines.filter((line) => isMissing(order, line)) : lines;
    if (missing.length > 0 && fits(missing))
      (order ? raised : created).push({ id: order?.id ?? v7(), lines: missing, head: headOf(missing) });
  }
  await write(tx, created, raised);
}

interface WrittenOrder {
  readonly id: string;
  readonly lines: readonly ImportedLine[];
  readonly head: OrderRow;
}

function headOf([line]: readonly ImportedLine[]): OrderRow {
  return line?.rows[0] as OrderRow;
}

function isMissing({ order_number: number, lines }: KnownOrder, { product, quantity, subtotal, discount, rows }: ImportedLine): boolean {
  const there = lines[product.id];
  if (!there) return true;
  const isSame = there.quantity === quantity && new Decimal(subtotal).minus(discount).equals(there.amount);
  for (const row of rows) {
    if (isSame) row.row.outcome = 'unchanged';
    else row.refuse('sku', 'line_differs', `The order ${number} has "${product.sku}" already, in another quantity or at another price`);
  }
  return false;
}

/* The columns hold no larger amounts and quantities. */
function fits(lines: readonly ImportedLine[]): boolean {
  const total = sum(lines, ({ subtotal, tax }) => new Decimal(subtotal).plus(tax)).plus(headOf(lines).values.shipping);
  if (total.lessThanOrEqualTo(MAX_MONEY)) return true;
  for (const row of lines.flatMap(({ rows }) => rows)) row.refuse('', 'too_large', `The total of the order must be at most ${MAX_MONEY}`);
  return false;
}

async function write(tx: TxContext, created: readonly WrittenOrder[], raised: readonly WrittenOrder[]): Promise<void> {
  const written = [...created, ...raised];
  if (written.length === 0) return;
  if (created.length > 0) await queryAll(tx, { text: INSERT_ORDERS, values: [JSON.stringify(created.map(orderValues))] });
  if (raised.length > 0) await queryAll(tx, { text: RAISE_ORDERS, values: [JSON.stringify(raised.map(orderValues))] });
  const lines = written.flatMap(({ id, lines }) => lines.map((line) => lineValues(id, line)));
  await queryAll(tx, { text: INSERT_LINES, values: [JSON.stringify(lines)] });
  for (const [orders, outcome] of [
    [created, 'created'],
    [raised, 'updated'],
  ] as const)
    for (const { row } of orders.flatMap(({ lines }) => lines).flatMap(({ rows }) => rows)) row.outcome = outcome;
}

function orderValues({ id, lines, head: { values } }: WrittenOrder): Readonly<Record<string, unknown>> {
  const { currency, status } = values;
  const of = (name: 'subtotal' | 'discount' | 'tax') => sum(lines, (line) => line[name]);
  const [subtotal, discount, tax] = [of('subtotal'), of('discount'), of('tax')];
  const goods = subtotal.minus(discount).plus(values.pricesIncludeTax ? 0 : tax);
  return {
    id,
    order_number: values.orderNumber,
    email: values.email ?? null,
    customer_number: values.customerNumber ?? null,
    status,
    subtotal: amountText(currency, subtotal),
    discount: amountText(currency, discount),
    tax: amountText(currency, tax),
    shipping: amountText(currency, values.shipping),
    goods: amountText(currency, goods),
    prices_include_tax: values.pricesIncludeTax,
    currency,
    shipping_address: values.shippingAddress ?? null,
    placed_at: values.placedAt,
  };
}

function lineValues(orderId: string, { product, quantity, unitPrice, subtotal, discount, tax, taxRate }: ImportedLine) {
  return {
    id: v7(),
    order_id: orderId,
    product_id: product.id,
    product_name: product.name,
    sku: product.sku,
    quantity,
    unit_price: unitPrice,
    subtotal,
    discount,
    tax,
    tax_rate: taxRate,
  };
}
