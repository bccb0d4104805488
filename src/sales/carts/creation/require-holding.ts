import type { TxContext } from '../../../context/context';
import { queryAll } from '../../../database/sql/statement';
import type { Problem, Violation } from '../../../problems/problem';
import type { Values } from '../../../resource/definition/resource';
import { pricingProblems, shippingUnavailable } from '../../problems';
import { cartQuote } from '../quote/cart-quote.statement';

interface Change {
  readonly id: string;
  readonly values: Values;
}

const CHECKED = ['discountCode', 'shippingMethod'];

/**
 * Throws the problem of a code or shipping method that a change of a cart gives and that does not hold for it, after the change is written;
 * what was given before and holds no more is shown as a problem of the cart instead.
 */
export async function requireHolding(tx: TxContext, changes: readonly Change[]): Promise<void> {
  const given = changes.filter(({ values }) => CHECKED.some((name) => values[name] != null));
  if (given.length === 0) return;
  const ids = given.map(({ id }) => id);
  const problems = await problemsOf(tx, ids);
  for (const { id, values } of given) {
    const fault = problems.get(id)?.find(({ pointer }) => CHECKED.some((name) => pointer === `/${name}` && values[name] != null));
    if (fault) throw problemOf(fault);
  }
}

async function problemsOf(tx: TxContext, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Violation[]>> {
  const text = `SELECT t.id, ${cartQuote(tx, 't', () => null)} -> 'problems' AS problems FROM carts t WHERE t.id = ANY ((SELECT $1::uuid[])::uuid[])`;
  const rows = await queryAll<{ id: string; problems: readonly Violation[] | null }>(tx, { text, values: [ids] });
  return new Map(rows.map(({ id, problems }) => [id, problems ?? []]));
}

function problemOf({ pointer, code, message }: Violation): Problem {
  const type = pricingProblems.find((each) => each.code === code) ?? shippingUnavailable;
  return type.because(message, { errors: [{ pointer, code, message }] });
}
