/*
 * The values of `in` and `nin`: `a,b,c`. A value with a comma or a quote stands in quotes, and a quote inside is doubled, as in CSV (RFC
 * 4180): `"Smith, Wesson",Acme`.
 */
const VALUE = '("([^"]|"")*"|[^",]*)';
const NEXT = new RegExp(`${VALUE}(,|$)`, 'y');

/** The pattern of such a text. */
export const CHOICES = new RegExp(`^${VALUE}(,${VALUE})*$`);

/** Returns the values of the text, or null where a quote is left open or stands inside a value without quotes. */
export function splitChoices(text: string): string[] | null {
  const values: string[] = [];
  NEXT.lastIndex = 0;
  for (;;) {
    const [, value, , end] = NEXT.exec(text) ?? [];
    if (value === undefined) return null;
    values.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '') return values;
  }
}

/** Returns the text of the values. */
export function joinChoices(values: readonly unknown[]): string {
  return values.map((value) => quoted(String(value))).join(',');
}

function quoted(value: string): string {
  return /[",]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
