import type { Ctx } from '../../../../context/context';
import { Binder, where } from '../../../../database/sql/binder';
import { queryAll } from '../../../../database/sql/statement';
import type { Matches } from '../../../../resource/definition/search';
import { foldedWord, oneEditFrom } from '../query/one-edit';
import { parseSearchQuery } from '../query/search-query';

const NAMES = 5;
/* Ranking all matches would take as long as they are many. */
const READ = 500;
const WORD = /[\p{L}\p{N}]+/gu;
/* Words that begin alike are taken for the same one. */
const MIN_COMMON = 3;

/**
 * Returns the query with its words as the best matches spell them; where nothing matches, the category or tag whose name resembles the query
 * most. Null where there is nothing near, or the query has phrases or exclusions only.
 */
export async function suggestQuery(ctx: Ctx, q: string, matches: Matches | null): Promise<string | null> {
  const { words } = parseSearchQuery(q);
  if (words.length === 0) return null;
  if (!matches) return nearestTerm(ctx, words.join(' '));
  const names = await namesOf(ctx, matches);
  const spelled = words.map((word) =>
    nearestWord(
      word,
      names.flatMap((name) => name.match(WORD) ?? []),
    ),
  );
  return spelled.every((word, at) => foldedWord(word) === foldedWord(words[at] ?? '')) ? null : spelled.join(' ').toLowerCase();
}

async function namesOf(ctx: Ctx, { conditions, rank }: Matches): Promise<string[]> {
  const { bind, values } = new Binder();
  const some = `SELECT * FROM products t${where(conditions, 't', bind)} LIMIT ${READ}`;
  const text = `SELECT concat_ws(' ', t.name, t.brand, t.model) AS name FROM (${some}) t ORDER BY ${rank('t', bind)} DESC LIMIT ${NAMES}`;
  return (await queryAll<{ name: string }>(ctx, { text, values })).map(({ name }) => name);
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

/* Both tables are small enough to be read whole. */
async function nearestTerm(ctx: Ctx, words: string): Promise<string | null> {
  const text = `SELECT name FROM (
      SELECT name, similarity(trigram_text($1::text), trigram_text(name)) AS alike FROM (
        SELECT name FROM categories WHERE deleted_at IS NULL UNION SELECT name FROM tags WHERE deleted_at IS NULL
      ) terms
    ) near WHERE alike > 0.3 ORDER BY alike DESC, name LIMIT 1`;
  const [row] = await queryAll<{ name: string }>(ctx, { text, values: [words] });
  return row?.name ?? null;
}
