import { Decimal } from 'decimal.js';
import { forbidden, invalidBody } from '../../../problems/common-problems';
import type { Problem, ProblemType } from '../../../problems/problem';
import { insufficientBalance, productUnavailable, tooManyUnpaidOrders, totalMismatch } from '../../problems';
import { lineFaults } from './line-faults';
import type { NewOrder } from './new-order';
import { MAX_TOTAL, type Outcome } from './place-orders.statement';

/** Returns the problem that kept an order from being placed, from what the statement found under its locks. */
export function refusal({ request, unpaidLimits, lines }: NewOrder, { found, currencies, total, buyer, unpaid }: Outcome): Problem {
  const expected = request.expectedTotal;
  if (buyer?.can_buy !== true) return forbidden.because('This account is deactivated or deleted and cannot place orders.');
  const faults = lineFaults(request.items, found ?? []);
  const [first] = faults;
  if (first)
    return first.type.because([...new Set(faults.map(({ detail }) => detail))].join(' '), { errors: faults.map(({ error }) => error) });
  const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  if (unpaidLimits?.orders != null && unpaid && unpaid.unpaid_orders >= unpaidLimits.orders) {
    return tooManyUnpaidOrders.because(
      `This account has ${unpaid.unpaid_orders} unpaid orders, and may have ${unpaidLimits.orders}. ${WAY_OUT}`,
    );
  }
  if (unpaidLimits?.units != null && unpaid && unpaid.unpaid_units + units > unpaidLimits.units) {
    const held = `The unpaid orders of this account hold ${unpaid.unpaid_units} pieces, and with this one may hold ${unpaidLimits.units}.`;
    return tooManyUnpaidOrders.because(`${held} ${WAY_OUT}`);
  }
  const amount = new Decimal(total ?? 0).toFixed(2);
  if (new Decimal(amount).greaterThan(MAX_TOTAL)) {
    return about(invalidBody, '/items', 'too_large', `the total must be at most ${MAX_TOTAL}; it is ${amount}`);
  }
  if (expected !== undefined && !new Decimal(amount).equals(expected)) {
    const detail = `Total mismatch: ${expected} expected, ${amount} now. Confirm the new total, then order again.`;
    return about(totalMismatch, '/expectedTotal', 'total_mismatch', detail);
  }
  if (buyer.currency !== currencies?.[0]) {
    const detail = `The balance is in ${buyer.currency} and the order in ${currencies?.[0]}; choose external payment.`;
    return about(productUnavailable, '/paymentMethod', 'currency_mismatch', detail);
  }
  const detail = `Insufficient balance: the order costs ${amount}. Top up the balance or choose external payment.`;
  return about(insufficientBalance, '/paymentMethod', 'insufficient_balance', detail);
}

const WAY_OUT = 'Pay or cancel one of them, or order fewer pieces, then order again.';

function about(type: ProblemType, pointer: string, code: string, message: string): Problem {
  return type.because(message, { errors: [{ pointer, code, message }] });
}
