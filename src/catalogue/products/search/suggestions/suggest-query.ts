import type { Ctx } from '../../../../context/context';
import { queryAll } from '../../../../database/sql/statement';
import { foldedWord, oneEditFrom } from '../query/one-edit';
import { parseSearchQuery } from '../query/search-query';

const WORD = /[\p{L}\p{N}]+/gu;
/* Words that begin alike are taken for the same one. */
const MIN_COMMON = 3;

/**
 * Returns the query with its words as the names of the best matches spell them; where nothing matches, the category or tag whose name resembles the query
 * most. Null where there is nothing near, or the query has phrases or exclusions only.
 */
export async function suggestQuery(ctx: Ctx, q: string, names: readonly string[] | null): Promise<string | null> {
  const { words } = parseSearchQuery(q);
  if (words.length === 0) return null;
  if (!names) return nearestTerm(ctx, words.join(' '));
  const spelled = words.map((word) =>
    nearestWord(
      word,
      names.flatMap((name) => name.match(WORD) ?? []),
    ),
  );
  return spelled.every((word, at) => foldedWord(word) === foldedWord(words[at] ?? '')) ? null : spelled.join(' ').toLowerCase();
}

/* The nearest first: the word itself, with two letters swapped, one edit away, or with the same beginning. */
function nearestWord(word: string, candidates: readonly string[]): string {
  const folded = foldedWord(word);
  const edit = oneEditFrom(folded);
  const isOneOf = (words: readonly string[]) => candidates.find((candidate) => words.includes(foldedWord(candidate)));
  const alike = candidates
    .map((candidate) => ({ candidate, common: commonLength(folded, foldedWord(candidate)) }))
    .sort((one, other) => other.common - one.common)
    .find(({ common }) => common >= MIN_COMMON)?.candidate;
  return isOneOf([folded]) ?? isOneOf(edit?.swapped ?? []) ?? isOneOf(edit?.all ?? []) ?? alike ?? word;
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/* As in the indexes categories_trigram_text_idx and tags_trigram_text_idx, whose operator knows the threshold, 0.3. */
async function nearestTerm(ctx: Ctx, words: string): Promise<string | null> {
  const near = (table: string) =>
    `SELECT name, similarity(trigram_text($1::text), trigram_text(name)) AS alike FROM ${table}
      WHERE deleted_at IS NULL AND trigram_text(name) % trigram_text($1::text)`;
  const text = `SELECT name FROM (${near('categories')} UNION ALL ${near('tags')}) terms WHERE alike > 0.3 ORDER BY alike DESC, name LIMIT 1`;
  const [row] = await queryAll<{ name: string }>(ctx, { text, values: [words] });
  return row?.name ?? null;
}
