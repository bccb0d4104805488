import { Decimal } from 'decimal.js';
import { forbidden, invalidBody } from '../../../problems/common-problems';
import type { Problem, ProblemType } from '../../../problems/problem';
import { unknownReference } from '../../../resource/write/checks/refuse-dead-references';
import { amountText } from '../../../schema/currencies';
import { MAX_MONEY } from '../../../schema/money';
import { priceFault } from '../../pricing/price-faults';
import { insufficientBalance, productUnavailable, tooManyUnpaidOrders, totalMismatch } from '../../problems';
import { lineRefusal } from './line-faults';
import type { NewOrder } from './new-order';
import type { Outcome } from './statement/place-orders.statement';

/** Returns the problem that kept an order from being placed, from what the statement found under its locks. */
export function refusal(order: NewOrder, outcome: Outcome): Problem {
  const { found, currencies, total, largest, buyer, unpaid } = outcome;
  const { request } = order;
  const expected = request.expectedTotal;
  if (!buyer && request.userId !== undefined) return unknownReference('userId');
  if (order.userId !== null && buyer?.can_buy !== true)
    return forbidden.because('This account is deactivated or deleted and cannot place orders.');
  const fault = lineRefusal(order.items, found ?? []);
  if (fault) return fault;
  const priced = priceFault(outcome);
  if (priced) return priced;
  const beyond = beyondLimits(order, unpaid);
  if (beyond !== null) return tooManyUnpaidOrders.because(beyond);
  const written = (given: string | null) => amountText(String(currencies?.[0] ?? buyer?.currency), given ?? 0);
  if (new Decimal(largest ?? 0).greaterThan(MAX_MONEY)) {
    return about(invalidBody, '/items', 'too_large', `the total must be at most ${MAX_MONEY}; it is ${written(largest)}`);
  }
  const amount = written(total);
  if (expected !== undefined && !new Decimal(amount).equals(expected)) {
    const detail = `Total mismatch: ${expected} expected, ${amount} now. Confirm the new total, then order again.`;
    return about(totalMismatch, '/expectedTotal', 'total_mismatch', detail);
  }
  if (buyer?.currency !== currencies?.[0]) {
    const detail = `The balance is in ${buyer?.currency} and the order in ${currencies?.[0]}; choose external payment.`;
    return about(productUnavailable, '/paymentMethod', 'currency_mismatch', detail);
  }
  const detail = `Insufficient balance: the order costs ${amount}. Top up the balance or choose external payment.`;
  return about(insufficientBalance, '/paymentMethod', 'insufficient_balance', detail);
}

function beyondLimits({ unpaidLimits, units }: NewOrder, unpaid: Outcome['unpaid']): string | null {
  if (!unpaidLimits || !unpaid) return null;
  const { unpaid_orders: orders, unpaid_units: held } = unpaid;
  if (unpaidLimits.orders !== null && orders >= unpaidLimits.orders) {
    return `This account has ${counted(orders, 'unpaid order')}, the most that it may have. Pay or cancel one, then order again.`;
  }
  if (unpaidLimits.units === null || held + units <= unpaidLimits.units) return null;
  const most = `at most ${unpaidLimits.units} may be unpaid`;
  if (held === 0) return `This order has ${counted(units, 'piece')}, and ${most} at a time. Order fewer pieces.`;
  const both = `This account's unpaid orders hold ${counted(held, 'piece')}, this order has ${units}, and ${most}.`;
  return `${both} Pay or cancel an order, or order fewer pieces.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function about(type: ProblemType, pointer: string, code: string, message: string): Problem {
  return type.because(message, { errors: [{ pointer, code, message }] });
}
