import type Joi from 'joi';
import type { Format } from './format';
import { text } from './schema';

/*
 * Only visible ASCII, as in the email fields of browsers, because addresses that differ in an invisible character look alike. The
 * tables' checks accept the same addresses. The class before the dot excludes the dot: otherwise matching takes quadratic time.
 */
export const EMAIL: Format = {
  pattern: /^[!-?A-~]+@[!-?A-~][!-\-/-?A-~]*[.][!-?A-~]+$/,
  rule: 'be an email address such as ana@example.com, without spaces, accents or other special letters',
};

/** The most characters of an email address (RFC 5321, 4.5.3.1.3, less the brackets). */
export const MAX_EMAIL = 254;

/** Returns the schema of an email address. */
export function emailSchema(): Joi.StringSchema<string> {
  return text(3, MAX_EMAIL, EMAIL).example('ana@example.com');
}
