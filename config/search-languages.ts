/** The languages whose endings product search ignores: those that PostgreSQL 14 has a stemmer for, and `simple` for none. */
export const SEARCH_LANGUAGES = [
  'english',
  'simple',
  ...['arabic', 'armenian', 'basque', 'catalan', 'danish', 'dutch', 'finnish', 'french', 'german', 'greek', 'hindi', 'hungarian'],
  ...['indonesian', 'irish', 'italian', 'lithuanian', 'nepali', 'norwegian', 'portuguese', 'romanian', 'russian', 'serbian', 'spanish'],
  ...['swedish', 'tamil', 'turkish', 'yiddish'],
] as const;

export type SearchLanguage = (typeof SEARCH_LANGUAGES)[number];
