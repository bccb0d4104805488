/* Below this share of the limit all is well again: right at the limit, it would change with each request. */
const RELIEF = 0.5;

/** A limit that, once reached, counts as reached until the value is below half of it. */
export class Threshold {
  #isReached = false;

  constructor(private readonly limit: number | 'off') {}

  /** Returns whether the limit is reached, now that the value is this. */
  isReachedBy(value: number): boolean {
    if (this.limit === 'off') return false;
    this.#isReached = value >= (this.#isReached ? this.limit * RELIEF : this.limit);
    return this.#isReached;
  }
}
