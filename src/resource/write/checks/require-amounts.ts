import type { Model } from 'sequelize';
import { invalidBody } from '../../../problems/common-problems';
import type { Violation } from '../../../problems/problem';
import { decimalsOf, isAmountOf } from '../../../schema/currencies';
import type { Resource, Values } from '../../definition/resource';

/**
 * Throws `invalid_body` (422) unless each amount of the changed row has as many decimals as its currency. A body with both was checked
 * with its schema; this is for a change of one of the two.
 */
export function requireAmounts({ fields }: Resource, row: Model, changes: Values): void {
  const errors = Object.entries(fields).flatMap(([name, { currency }]): Violation[] => {
    if (currency === undefined || !(name in changes || currency in changes)) return [];
    const [amount, code] = [String(changes[name] ?? row.get(name)), String(changes[currency] ?? row.get(currency))];
    return isAmountOf(code, amount) ? [] : [tooPrecise(name in changes ? name : currency, name, amount, code)];
  });
  if (errors.length > 0) throw invalidBody.because(errors.map(({ message }) => message).join('; '), { errors });
}

/** Throws `invalid_body` (422) unless the amount in a member of a body has as many decimals as the currency that it is paid in. */
export function requireAmountOf(currency: string, name: string, amount: string): void {
  if (isAmountOf(currency, amount)) return;
  const violation = tooPrecise(name, name, amount, currency);
  throw invalidBody.because(violation.message, { errors: [violation] });
}

function tooPrecise(member: string, name: string, amount: string, currency: string): Violation {
  const message = `${name} must have at most ${decimalsOf(currency)} decimals, as ${currency} has, but is ${amount}`;
  return { pointer: `/${member}`, code: 'too_precise', message };
}
