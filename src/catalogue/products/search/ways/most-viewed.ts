import { column } from '../../../../database/sql/binder';
import type { Candidates } from '../../../../resource/definition/search';

/* Ranking so many takes a few milliseconds. */
const MAX_RANKED = 1_000;
/* Of a common word and a filter, several rows are read for each that is ranked. */
const MAX_RANKED_FILTERED = 400;
/* By the order of magnitude, in powers of four (product_lexemes.sql). */
const VIEW_CLASSES = 10;
/* Of a 256th, so that a tenth of a million products match. */
const COMMON = 400;
/* By the last digit of the id (product_lexemes.sql), two at a time: a sixteenth has so few matches that several are read. */
const DIVISIONS = 8;

/** Returns the matches that are ranked where there are many: the foremost, and then the most viewed, first those that are likely. */
export function mostViewed({ foremost = [], likely = null, mayBeFew = false }: Partial<Candidates> = {}): Candidates {
  return {
    limit: MAX_RANKED,
    filteredLimit: MAX_RANKED_FILTERED,
    mayBeFew,
    foremost,
    likely,
    classes: VIEW_CLASSES,
    common: COMMON,
    divisions: DIVISIONS,
    inClass: (number, part) => (t) => `${column(t, 'search_vector')} @@ (${part === null ? whole(number) : partOf(number, part)})::tsquery`,
  };
}

function whole(number: string): string {
  return `'''views:' || ${number} || ''''`;
}

function partOf(number: string, part: string): string {
  const half = (at: number) => `'''views:' || ${number} || '.' || to_hex(2 * ${part} + ${at}) || ''''`;
  return `CASE WHEN ${part} IS NULL THEN ${whole(number)} ELSE ${half(0)} || '|' || ${half(1)} END`;
}
