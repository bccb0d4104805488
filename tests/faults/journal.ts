/** What a client may conclude from the answer to a write. */
export type Outcome = 'done' | 'not_done' | 'unknown';

/** One write as its client saw it; its mark stands in the audit log as the reason of the change. */
export interface Entry {
  readonly mark: string;
  readonly kind: string;
  readonly outcome: Outcome;
  /** The status and the problem code of the answer; `lost` or `not connected` where there was none. */
  readonly answer: string;
  readonly milliseconds: number;
  /** What in the answer belongs to another request, if anything does. */
  readonly mixUp: string | null;
}

/** The writes of one run, as their clients saw them. */
export class Journal {
  readonly entries: Entry[] = [];

  /** Returns how often each answer was given, per kind of write. */
  counts(): Record<string, Record<string, number>> {
    const counts: Record<string, Record<string, number>> = {};
    for (const { kind, answer } of this.entries) {
      const ofKind = counts[kind] ?? {};
      counts[kind] = { ...ofKind, [answer]: (ofKind[answer] ?? 0) + 1 };
    }
    return counts;
  }

  /** Returns how many writes had an outcome. */
  count(outcome: Outcome): number {
    return this.entries.filter((entry) => entry.outcome === outcome).length;
  }
}

/** The connection was refused, so nothing was sent. */
export const NOT_CONNECTED = 'not connected';
/** The connection broke, or no answer came in time. */
export const LOST = 'lost';

/** Returns what an answer says of its write: 2xx is done, a lost connection and `outcome_unknown` say nothing, the rest is not done. */
export function outcomeOf(status: number | null, code: string | null): Outcome {
  if (code === LOST || code === 'outcome_unknown') return 'unknown';
  return status !== null && status < 300 ? 'done' : 'not_done';
}
