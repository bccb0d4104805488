import { type Condition, column } from '../../../../database/sql/binder';
import type { Candidates } from '../../../../resource/definition/search';

/* Ranking so many takes a few milliseconds. */
const MAX_RANKED = 1_000;
/* By the order of magnitude, in powers of four (search_lexemes.sql). */
const VIEW_CLASSES = 10;

/** Returns the matches that are ranked where there are many: the foremost, and then the most viewed. */
export function mostViewed(foremost: readonly Condition[], mayBeFew = false): Candidates {
  return {
    limit: MAX_RANKED,
    mayBeFew,
    foremost,
    classes: VIEW_CLASSES,
    inClass: (number) => (t) => `${column(t, 'search_vector')} @@ ('''views:' || ${number} || '''')::tsquery`,
  };
}
