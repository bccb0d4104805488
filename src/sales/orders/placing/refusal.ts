import { Decimal } from 'decimal.js';
import { forbidden, invalidBody } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';
import { insufficientBalance, insufficientStock, productUnavailable, totalMismatch } from '../../problems';
import type { OrderUnit } from './new-order';
import { type LockedProduct, MAX_TOTAL, type Outcome } from './place-orders.statement';

/** Why an order was not placed, from what was found under its locks: the first reason in the order a buyer can mend them. */
export function refusal({ wanted, lines }: OrderUnit, { found, currencies, total, buyer }: Outcome): Problem {
  const expected = wanted.expectedTotal;
  if (buyer?.is_welcome !== true) return forbidden.because('The account is closed: it cannot order.');
  const products = new Map((found ?? []).map((product) => [product.id, product]));
  const unavailable = lines.map(({ productId }) => productId).filter((id) => products.get(id)?.is_available !== true);
  if (unavailable.length > 0) return refuseUnavailable(unavailable);
  const short = [...products.values()].filter((product) => product.stock_quantity < product.quantity);
  if (short.length > 0) return refuseShort(short);
  if (currencies?.length !== 1) return productUnavailable.because('An order is in one currency: place one for each.');
  const amount = new Decimal(total ?? 0).toFixed(2);
  if (new Decimal(amount).greaterThan(MAX_TOTAL)) return tooLarge(amount);
  if (expected !== undefined && !new Decimal(amount).equals(expected)) {
    return totalMismatch.because(`The total is ${amount} now, not ${expected}.`);
  }
  if (buyer.currency !== currencies[0]) {
    return productUnavailable.because(`The balance is in ${buyer.currency}, the order in ${currencies[0]}: pay it as external.`);
  }
  return insufficientBalance.because(`The balance does not cover ${amount}; nothing was ordered.`);
}

function refuseUnavailable(ids: readonly string[]): Problem {
  return productUnavailable.because('Leave out the products that "errors" names: they do not exist, or are not for sale.', {
    errors: ids.map((id) => ({ pointer: '/items', code: 'product_unavailable', message: `product ${id} is not for sale` })),
  });
}

function refuseShort(short: readonly LockedProduct[]): Problem {
  return insufficientStock.because(short.map(shortage).join('; '), {
    errors: short.map((row) => ({ pointer: '/items', code: 'insufficient_stock', message: `product ${row.id}: ${shortage(row)}` })),
  });
}

function shortage({ name, quantity, stock_quantity: available }: LockedProduct): string {
  return `${quantity} of "${name}" were asked for, ${available} are there`;
}

function tooLarge(amount: string): Problem {
  const message = `an order comes to ${MAX_TOTAL} at most, not ${amount}`;
  return invalidBody.because(message, { errors: [{ pointer: '/items', code: 'too_large', message }] });
}
