/** What is true of the books at any time, whoever writes: a counter is its ledger, a sum its lines. */
export interface Invariant {
  /** In kebab-case: `stock-is-its-ledger`. */
  readonly name: string;
  /** What is true, as a sentence. */
  readonly sentence: string;
  /** The table of the rows that break it. */
  readonly table: string;
  /** The SELECT of those rows: `id`, and `expected` and `actual` as text. */
  readonly breaches: string;
  /** Whether POST …/repair mends it (migrations/functions/records/repair_invariant.sql); otherwise what a person does. */
  readonly repair: 'counted again' | { readonly byHand: string };
}
