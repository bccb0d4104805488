import type { Problem, ProblemType, Violation } from '../../../problems/problem';
import { insufficientStock, productUnavailable } from '../../problems';
import type { Line } from './identified-lines';
import type { LockedProduct } from './statement/place-orders.statement';

/** What keeps a line from being sold: the problem that it makes of the order, its sentence there, and the error that points to the line. */
interface LineFault {
  readonly type: ProblemType;
  readonly detail: string;
  readonly error: Violation;
}

/** Returns the problem of an order whose lines are at fault, which names every fault, or null. */
export function lineRefusal(lines: readonly Line[], found: readonly LockedProduct[]): Problem | null {
  const faults = lineFaults(lines, found);
  const details = [...new Set(faults.map(({ detail }) => detail))];
  return faults[0] ? faults[0].type.because(details.join(' '), { errors: faults.map(({ error }) => error) }) : null;
}

/**
 * Returns the faults of all lines, by `found`, the products as they are under the lock: products that are not for sale first, then those
 * in another currency than the first line, then too little stock. A product that is named twice is at fault in each of its lines.
 */
function lineFaults(lines: readonly Line[], found: readonly LockedProduct[]): LineFault[] {
  const products = new Map(found.map((product) => [product.id, product]));
  const sellable = (line: Line) => {
    const product = products.get(line.productId);
    return product?.is_available ? product : undefined;
  };
  const currency = lines.map(sellable).find((product) => product !== undefined)?.currency;
  return [
    ...lines.flatMap((line, index) => (sellable(line) ? [] : [unavailable(line, index)])),
    ...lines.flatMap((line, index) => {
      const product = sellable(line);
      return product && product.currency !== currency ? [inOtherCurrency(product, index, String(currency))] : [];
    }),
    ...lines.flatMap((line, index) => {
      const product = sellable(line);
      return product && product.stock_quantity < product.quantity ? [short(product, index)] : [];
    }),
  ];
}

function unavailable({ productId }: Line, index: number): LineFault {
  return {
    type: productUnavailable,
    detail: 'Some products do not exist or are not for sale; remove those that "errors" names.',
    error: { pointer: `/items/${index}/productId`, code: 'product_unavailable', message: `product ${productId} is not for sale` },
  };
}

function inOtherCurrency({ id, currency }: LockedProduct, index: number, expected: string): LineFault {
  return {
    type: productUnavailable,
    detail: 'The products have several currencies; place one order per currency.',
    error: {
      pointer: `/items/${index}/productId`,
      code: 'currency_mismatch',
      message: `product ${id} is sold in ${currency}, those before it in ${expected}`,
    },
  };
}

function short({ id, name, quantity, stock_quantity: available }: LockedProduct, index: number): LineFault {
  const shortage = `${quantity} requested, ${available} available`;
  return {
    type: insufficientStock,
    detail: `Insufficient stock: ${shortage} of ${name}.`,
    error: { pointer: `/items/${index}/quantity`, code: 'insufficient_stock', message: `product ${id}: ${shortage}` },
  };
}
