import type { SearchLanguage } from '../../../../../config/search-languages';

const LATIN = ['asciiword', 'asciihword', 'hword_asciipart'];
const OTHER = ['word', 'hword', 'hword_part'];
const OF_OTHER_LETTERS: readonly SearchLanguage[] = [
  'arabic',
  'armenian',
  'greek',
  'hindi',
  'nepali',
  'russian',
  'serbian',
  'tamil',
  'yiddish',
];

/**
 * Returns the SQL that gives the configuration the dictionaries of a language. Words are compared without accents, so those in Latin letters
 * are plain ASCII: a language of other letters leaves them to English, and one of Latin letters the others to Russian.
 */
export function dictionariesOf(language: SearchLanguage): string[] {
  const isOther = OF_OTHER_LETTERS.includes(language);
  const latin = isOther ? 'english' : language;
  const other = isOther || language === 'simple' ? language : 'russian';
  return [mapping(LATIN, latin), mapping(OTHER, other)];
}

function mapping(tokens: readonly string[], language: SearchLanguage): string {
  const dictionary = language === 'simple' ? 'simple' : `${language}_stem`;
  return `ALTER TEXT SEARCH CONFIGURATION product_search ALTER MAPPING FOR ${tokens.join(', ')} WITH pg_catalog.${dictionary}`;
}
