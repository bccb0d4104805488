import { invalidBody } from '../../../problems/common-problems';
import type { PendingWrite } from '../pending-write';

/**
 * Completes writes of objects that have exactly one of two fields: what is given takes the place of the other, unless that is given, too.
 * Refuses, with `invalid_body` (422), the writes that leave an object with both or neither.
 */
export function setOneOf(writes: readonly PendingWrite[], [first, second]: readonly [string, string]): void {
  for (const write of writes) {
    const { values } = write;
    if (isGiven(write, first) && !(second in values)) write.values = { ...values, [second]: null };
    else if (isGiven(write, second) && !(first in values)) write.values = { ...values, [first]: null };
    if ((write.valueAfter(first) === null) === (write.valueAfter(second) === null)) write.refuse(notOneOf(first, second));
  }
}

function isGiven({ values }: PendingWrite, field: string): boolean {
  return (values[field] ?? null) !== null;
}

function notOneOf(first: string, second: string) {
  const message = `Exactly one of ${first} and ${second} must have a value`;
  return invalidBody.because(message, { errors: [first, second].map((name) => ({ pointer: `/${name}`, code: 'one_of', message })) });
}
