import fc from 'fast-check';
import { v7 } from 'uuid';
import { instantsOf, isSound, type ModelEntry, type ModelState, stateAt } from './price-model';

const DAY_MS = 86_400_000;

/* Days to come, from a day on; a few amounts and days, so that they meet. */
const day = fc.integer({ min: 1, max: 60 });
const amount = fc.integer({ min: 1, max: 8 });

/** A step of a history: a price that is set, scheduled or withdrawn. */
export const priceStep = fc.oneof(
  { weight: 1, arbitrary: fc.record({ set: amount }) },
  { weight: 4, arbitrary: fc.record({ regular: amount, on: day }) },
  { weight: 6, arbitrary: fc.record({ sale: amount, on: day, days: fc.option(fc.integer({ min: 1, max: 20 })) }) },
  { weight: 2, arbitrary: fc.record({ withdraw: fc.nat(20) }) },
);
type Step = typeof priceStep extends fc.Arbitrary<infer S> ? S : never;

interface Known extends ModelEntry {
  readonly id: string | null;
}

interface NewEntry {
  readonly id: string;
  readonly productId: string;
  readonly kind: 'regular' | 'sale';
  readonly amount: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** What a step would write, and whether the model says that it may. */
export interface Attempt {
  readonly history: History;
  readonly isSound: boolean;
  /** A price from now on. */
  readonly price: number | null;
  readonly entry: NewEntry | null;
  /** The id of an entry. */
  readonly withdraws: string | null;
  /** What a failure shows. */
  readonly shown: object;
  /** Tells the model that it was written. */
  take(): void;
}

/** A product and what the model knows of its prices. */
export class History {
  readonly id = v7();
  /* Midnight, so that the days are the same for all. */
  readonly #today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  #entries: Known[] = [];

  /** Notes the first price. */
  begin(start: number): void {
    this.#entries = [{ id: null, kind: 'regular', amount: 5, start, end: null }];
  }

  /** Returns the step as an attempt; none where there is nothing to withdraw. */
  attempt(step: Step | undefined): Attempt[] {
    if (step === undefined) return [];
    if ('set' in step) return [this.#set(step.set)];
    if ('withdraw' in step) return this.#withdraw(step.withdraw);
    const start = this.#today + (step.on + 1) * DAY_MS;
    if ('regular' in step) return [this.#schedule('regular', step.regular, start, null)];
    return [this.#schedule('sale', step.sale, start, step.days === null ? null : start + step.days * DAY_MS)];
  }

  /** Notes that a price was set: it is a new one where an entry begins later than those before. */
  begun(price: number, start: number): void {
    const before = this.#entries.map((entry) => entry.start).filter((at) => at < this.#today + DAY_MS);
    if (start > Math.max(...before)) this.#entries.push({ id: null, kind: 'regular', amount: price, start, end: null });
  }

  /** Returns each edge, a millisecond before it and after it, now, and times when all is over. */
  instants(now: number): number[] {
    const edges = instantsOf(this.#entries).flatMap((at) => [at - 1, at, at + 1]);
    return [...new Set([...edges, now, now + 61 * DAY_MS, now + 90 * DAY_MS])].filter((at) => at >= Number(this.#entries[0]?.start));
  }

  /** Returns what the model shows at an instant. */
  stateAt(at: number): ModelState {
    return stateAt(this.#entries, at);
  }

  #set(price: number): Attempt {
    const wanted: Known = { id: null, kind: 'regular', amount: price, start: Date.now() + 0.5, end: null };
    return this.#attempt([...this.#entries, wanted], { price, take: () => undefined });
  }

  #schedule(kind: 'regular' | 'sale', price: number, start: number, end: number | null): Attempt {
    const id = v7();
    const [validFrom, validTo] = [new Date(start).toISOString(), end === null ? null : new Date(end).toISOString()];
    const wanted = [...this.#entries, { id, kind, amount: price, start, end }];
    return this.#attempt(wanted, { entry: { id, productId: this.id, kind, amount: String(price), validFrom, validTo } });
  }

  #withdraw(at: number): Attempt[] {
    const scheduled = this.#entries.filter(({ id }) => id !== null);
    const chosen = scheduled[at % scheduled.length];
    if (!chosen) return [];
    return [
      this.#attempt(
        this.#entries.filter((entry) => entry !== chosen),
        { withdraws: chosen.id },
      ),
    ];
  }

  #attempt(wanted: Known[], what: Partial<Attempt>): Attempt {
    const { price = null, entry = null, withdraws = null } = what;
    const take = () => {
      this.#entries = wanted;
    };
    return {
      history: this,
      isSound: isSound(wanted),
      price,
      entry,
      withdraws,
      shown: { id: this.id, price, entry, withdraws },
      take,
      ...what,
    };
  }
}
