import type { Format } from './format';

/** A country by two capital letters (ISO 3166-1 alpha-2). */
export const COUNTRY: Format = { pattern: /^[A-Z]{2}$/, rule: 'be a country by two capital letters, such as DE' };
