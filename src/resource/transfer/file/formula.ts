/* What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), and the full-width forms that some fold into it. */
const BEGINS_FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const IS_ESCAPED = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Returns the text with an apostrophe before it where a spreadsheet would run it as a formula; `unescapeFormula` returns exactly the text
 * again.
 */
export function escapeFormula(text: string): string {
  return BEGINS_FORMULA.test(text) ? `'${text}` : text;
}

/** Returns the text that `escapeFormula` was given; a formula without an apostrophe stays as it is. */
export function unescapeFormula(text: string): string {
  return IS_ESCAPED.test(text) ? text.slice(1) : text;
}
