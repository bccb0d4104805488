import { invalidBody } from '../../../problems/common-problems';
import type { ProblemType, Violation } from '../../../problems/problem';
import type { LineQuantity } from './line-quantity.schemas';

interface Line {
  readonly orderItemId: string;
  readonly productId: string;
}

interface Limit<L extends Line> {
  /** How many pieces of a line there may be at most. */
  most(line: L): number;
  readonly refusal: ProblemType;
  readonly detail: string;
}

/**
 * Returns the quantities by line of an order; a line that is named twice has the sum. Throws `invalid_body` (422) for a line that the order
 * does not have, and the refusal where there are more than the most.
 */
export function requireQuantities<L extends Line>(
  lines: readonly L[],
  given: readonly LineQuantity[],
  { most, refusal, detail }: Limit<L>,
): ReadonlyMap<L, number> {
  const found = given.map(({ orderItemId, productId }) =>
    lines.find((line) => line.orderItemId === orderItemId || line.productId === productId),
  );
  requireFound(given, found);
  const wanted = new Map<L, number>();
  given.forEach(({ quantity }, index) => {
    const line = found[index] as L;
    wanted.set(line, (wanted.get(line) ?? 0) + quantity);
  });
  const errors = found.flatMap((line, index) =>
    line === undefined || (wanted.get(line) ?? 0) <= most(line)
      ? []
      : [{ pointer: `/items/${index}/quantity`, code: 'too_large', message: `product ${line.productId}: at most ${most(line)}` }],
  );
  if (errors.length > 0) throw refusal.because(detail, { errors });
  return wanted;
}

function requireFound(given: readonly LineQuantity[], found: readonly (Line | undefined)[]): void {
  const errors = given.flatMap(({ orderItemId }, index): Violation[] => {
    if (found[index] !== undefined) return [];
    const member = orderItemId === undefined ? 'productId' : 'orderItemId';
    return [{ pointer: `/items/${index}/${member}`, code: 'unknown_line', message: `items[${index}]: the order has no such line` }];
  });
  if (errors.length > 0)
    throw invalidBody.because('The order does not have each of these lines; correct the ones that "errors" names.', { errors });
}
