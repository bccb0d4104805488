import { Decimal } from 'decimal.js';
import { forbidden, invalidBody } from '../../../problems/common-problems';
import type { Problem } from '../../../problems/problem';
import { insufficientBalance, insufficientStock, productUnavailable, totalMismatch } from '../../problems';
import type { NewOrder } from './new-order';
import { type LockedProduct, MAX_TOTAL, type Outcome } from './place-orders.statement';

/** Returns the problem that kept an order from being placed, from what the statement found under its locks. */
export function refusal({ request, lines }: NewOrder, { found, currencies, total, buyer }: Outcome): Problem {
  const expected = request.expectedTotal;
  if (buyer?.can_buy !== true) return forbidden.because('This account is deactivated or deleted and cannot place orders.');
  const products = new Map((found ?? []).map((product) => [product.id, product]));
  const unavailable = lines.map(({ productId }) => productId).filter((id) => products.get(id)?.is_available !== true);
  if (unavailable.length > 0) return unavailableProducts(unavailable);
  const short = [...products.values()].filter((product) => product.stock_quantity < product.quantity);
  if (short.length > 0) return shortProducts(short);
  if (currencies?.length !== 1) return productUnavailable.because('The products have several currencies; place one order per currency.');
  const amount = new Decimal(total ?? 0).toFixed(2);
  if (new Decimal(amount).greaterThan(MAX_TOTAL)) return tooLarge(amount);
  if (expected !== undefined && !new Decimal(amount).equals(expected)) {
    return totalMismatch.because(`Total mismatch: ${expected} expected, ${amount} now. Confirm the new total, then order again.`);
  }
  if (buyer.currency !== currencies[0]) {
    return productUnavailable.because(`The balance is in ${buyer.currency} and the order in ${currencies[0]}; choose external payment.`);
  }
  return insufficientBalance.because(`Insufficient balance: the order costs ${amount}. Top up the balance or choose external payment.`);
}

function unavailableProducts(ids: readonly string[]): Problem {
  return productUnavailable.because('Some products do not exist or are not for sale; remove those that "errors" names.', {
    errors: ids.map((id) => ({ pointer: '/items', code: 'product_unavailable', message: `product ${id} is not for sale` })),
  });
}

function shortProducts(short: readonly LockedProduct[]): Problem {
  return insufficientStock.because(`Insufficient stock: ${short.map((row) => `${shortage(row)} of ${row.name}`).join('; ')}.`, {
    errors: short.map((row) => ({ pointer: '/items', code: 'insufficient_stock', message: `product ${row.id}: ${shortage(row)}` })),
  });
}

function shortage({ quantity, stock_quantity: available }: LockedProduct): string {
  return `${quantity} requested, ${available} available`;
}

function tooLarge(amount: string): Problem {
  const message = `the total must be at most ${MAX_TOTAL}; it is ${amount}`;
  return invalidBody.because(message, { errors: [{ pointer: '/items', code: 'too_large', message }] });
}
