/** The words that are one edit (Damerau: a letter left out, put in, replaced, or two neighbours swapped) away from a word, the nearest first. */
export interface OneEdit {
  readonly swapped: readonly string[];
  /** All of them, the word itself included. */
  readonly all: readonly string[];
}

const ALPHABETS: readonly (readonly [RegExp, string])[] = [
  [/^[a-z0-9]+$/, 'abcdefghijklmnopqrstuvwxyz'],
  [/^[а-яіїєґў]+$/, 'абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґў'],
  [/^[α-ω]+$/, 'αβγδεζηθικλμνξοπρστυφχψως'],
];
const MIN_LENGTH = 3;
const MAX_LENGTH = 12;

/** Returns the words one edit away from a folded word; null where it is too short or too long, or of an alphabet that is not known. */
export function oneEditFrom(word: string): OneEdit | null {
  const letters = ALPHABETS.find(([pattern]) => word.length <= MAX_LENGTH && pattern.test(word))?.[1];
  if (letters === undefined || word.length < MIN_LENGTH) return null;
  const splits = Array.from({ length: word.length + 1 }, (_, at) => [word.slice(0, at), word.slice(at)] as const);
  const swapped = splits.filter(([, rest]) => rest.length > 1).map(([start, rest]) => `${start}${rest[1]}${rest[0]}${rest.slice(2)}`);
  const shorter = splits.filter(([, rest]) => rest !== '').map(([start, rest]) => start + rest.slice(1));
  const longer = splits.flatMap(([start, rest]) => [...letters].map((letter) => start + letter + rest));
  const replaced = splits
    .filter(([, rest]) => rest !== '')
    .flatMap(([start, rest]) => [...letters].map((letter) => start + letter + rest.slice(1)));
  return { swapped, all: [...new Set([word, ...swapped, ...shorter, ...longer, ...replaced])] };
}

/** Returns a word without case and accents, as `folded_text` in SQL does. */
export function foldedWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/([A-Za-z\u0370-\u03ff])[\u0300-\u036f]+/g, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('ß', 'ss');
}
