import type { Ctx } from '../../context/context';
import type { Condition } from '../../database/sql/binder';
import type { Shape } from '../../schema/schema';

/** Full-text search by `q`. */
export interface Search {
  /** What matches in each of its ways, by the name that responses call it, the strictest first: `words`: 'its words'. */
  readonly wayNames: Readonly<Record<string, string>>;
  /** The members of `highlights`. */
  readonly highlights: Shape;
  /** Returns the ways to match a query, the strictest first: a later one is tried where the earlier ones match nothing that the actor sees. */
  ways(q: string): readonly SearchWay[];
  /** Returns whether some matches are better than others; else the list keeps its default order. */
  isRanked(q: string): boolean;
  /** The SQL of the text of a row whose words a suggestion takes. */
  readonly spelling: Condition;
  /**
   * Returns a query that finds what this one may mean, from the texts of the first rows that it matches in a later way, or where it matches
   * none; null where there is none.
   */
  suggest(ctx: Ctx, q: string, texts: readonly string[] | null): Promise<string | null>;
}

/** One way to match a query. */
export interface SearchWay {
  /** One of `wayNames`. */
  readonly name: string;
  readonly matches: Condition;
  /** How well a row matches, as float8. */
  readonly rank: Condition;
  /** The SQL of what is shown of the matches in a row, as JSON. */
  readonly highlights: Condition;
  readonly candidates?: Candidates;
}

/**
 * The matches that are ranked where there are more than the limit, because ranking all of them would take as long as they are many: those of
 * the first foremost condition, then of the second and so on, then all others, each time from the highest class of rows to the lowest.
 */
export interface Candidates {
  readonly limit: number;
  /** Whether the matches are likely to be few, so that all of them are looked for first: each class would take its time. */
  readonly mayBeFew: boolean;
  /** Conditions under which a row matches, too. */
  readonly foremost: readonly Condition[];
  /** The number of classes; the lowest is 0. */
  readonly classes: number;
  /** Returns the condition that a row is of the class whose number is the SQL expression. */
  inClass(number: string): Condition;
}
