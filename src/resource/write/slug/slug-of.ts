/** Everything but what a slug may have. */
const BETWEEN_WORDS = /[^a-z0-9]+/g;
/* Takes half a microsecond without the tables, which a bulk creation of ASCII names feels. */
const ASCII = /^[\0-\x7f]*$/;
/* Han characters are a word each; any-ascii would join their readings. */
const HAN = /\p{Script=Han}/gu;

/**
 * Returns the slug of a name in at most `max` characters, transliterated: `creme-brulee-co` for `Crème brûlée & co.`, `sup-borshch` for
 * `Суп борщ`. Returns the fallback where nothing remains.
 */
export async function slugOf(name: string, max: number, fallback: string): Promise<string> {
  const ascii = ASCII.test(name) ? name : await transliterated(name.normalize('NFKC').replace(HAN, ' $& '));
  const words = ascii.toLowerCase().replace(BETWEEN_WORDS, '-');
  return shortened(words.replace(/^-|-$/g, ''), max) || fallback;
}

/* The tables take 70 ms to load, which the start of a shop does not wait for. */
async function transliterated(text: string): Promise<string> {
  const { default: anyAscii } = await import('any-ascii');
  return anyAscii(text);
}

/* Ends with a whole word, unless that is less than half of what fits. */
function shortened(slug: string, max: number): string {
  if (slug.length <= max) return slug;
  const end = slug.lastIndexOf('-', max);
  return slug.slice(0, end > max / 2 ? end : max).replace(/-$/, '');
}
