import { defineQueue, type Queue } from '../../jobs';
import type { DomainEvent } from '../definition/domain-event';

/** A queue that gets a job for each event of its types, once, in the order of their commits, from its first start on. */
export interface EventQueue<T extends object = object> {
  readonly queue: Queue<T>;
  /** Types, such as `orders.paid`. */
  readonly types: readonly string[];
  /** Returns the data of the event's job; null for no job. */
  dataOf(event: DomainEvent): T | null;
}

/** Declares a queue that events feed; it is listed in `src/queues.ts`. */
export function defineEventQueue<T extends object>(
  options: Parameters<typeof defineQueue<T>>[0] & Pick<EventQueue<T>, 'types' | 'dataOf'>,
): EventQueue<T> {
  const { types, dataOf, ...queue } = options;
  return { queue: defineQueue<T>(queue), types, dataOf };
}
