import type { Ctx } from '../../context/context';
import type { Condition } from '../../database/sql/binder';
import type { Shape } from '../../schema/schema';

/** Full-text search by `q`. */
export interface Search {
  /** What matches in each of its ways, by the name that responses call it, the strictest first: `words`: 'its words'. */
  readonly wayNames: Readonly<Record<string, string>>;
  /** The members of `highlights`. */
  readonly highlights: Shape;
  /** What the search index knows of filters, by their parameter: a condition that follows from that of the filter. */
  readonly knownFilters: Readonly<Record<string, (value: unknown) => Condition>>;
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
  /** The limit where filters leave some of the rows that are read. */
  readonly filteredLimit: number;
  /** Whether the matches are likely to be few, so that all of them are looked for first: each class would take its time. */
  readonly mayBeFew: boolean;
  /** Conditions under which a row matches, too. */
  readonly foremost: readonly Condition[];
  /** The same in a form that the index finds at less cost, with a condition of most matches, where there is one: used where there are many. */
  readonly likely: { readonly foremost: readonly Condition[]; readonly matches: Condition } | null;
  /** The number of classes; the lowest is 0. */
  readonly classes: number;
  /** The number of matches in a part of the sample from which on parts of a class are found sooner than the class. */
  readonly common: number;
  /** The number of parts that each class has, by chance. */
  readonly divisions: number;
  /** Returns the condition that a row is of the class whose number is the SQL expression, and of its part, where the other one is not null. */
  inClass(number: string, part: string | null): Condition;
}
