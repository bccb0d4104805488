/* What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), the full-width forms that some fold into it, and nothing. */
const AMBIGUOUS = /^'*([=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]|$)/;

/**
 * Returns the text of a CSV cell: with an apostrophe before it where a spreadsheet would run it as a formula, and where it is empty, because
 * an empty cell is null. `textOfCell` returns exactly the text again.
 */
export function cellOfText(text: string): string {
  return AMBIGUOUS.test(text) ? `'${text}` : text;
}

/** Returns the text that `cellOfText` was given; a formula without an apostrophe stays as it is. */
export function textOfCell(cell: string): string {
  return cell.startsWith("'") && AMBIGUOUS.test(cell) ? cell.slice(1) : cell;
}
