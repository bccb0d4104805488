import { Refusal } from '../refusal';

/** The text with the item at the end of the list that begins with these words; throws a Refusal where the list is not found. */
export function appendToList(path: string, text: string, opening: string, item: string): string {
  const begin = text.indexOf(opening);
  const end = begin < 0 ? -1 : text.indexOf(']', begin + opening.length);
  if (end < 0) throw new Refusal(`${path} has no list "${opening}…]" any more, which the resource would join.`);
  const items = text
    .slice(begin + opening.length, end)
    .trim()
    .replace(/,$/, '');
  return `${text.slice(0, begin)}${opening}${items === '' ? '' : `${items}, `}${item}${text.slice(end)}`;
}

/** The text with the line before its first import; the formatter sorts them. */
export function addImport(text: string, line: string): string {
  return text.replace(/^import /m, `${line}\nimport `);
}
